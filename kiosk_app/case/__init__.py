"""The rules of a case, without I/O: events and the time go in, effects and a view come out.

From the top down, and imports run one way, downwards::

    machine            the door: which rule hears of which event
    picture            the state as a view; help_button is its part for the Hjälp button
    help  with_agent   rules beside the way of a case, one module a concern
    course             rules along it: shopper, office, kiosk, the wait, the next shopper
    closing            how a case closes, whatever closes it
    core               the state, and the few ways from phase to phase
    visit  talk        what core holds of the shopper, and of the open case
    turn               what all of them share while one event is handled
    events  effects    what goes in and what comes out; presses are the events of a hand
    view  phase  timers  settings  consent     the words that all of them use
"""
