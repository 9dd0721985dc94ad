"""What must survive a crash or a power cut: the kept cart, the case in progress, the outbox."""
