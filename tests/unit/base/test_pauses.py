from kiosk_app.base.pauses import GrowingPauses


def test_pauses_grow_to_the_longest_and_begin_anew() -> None:
    pauses = GrowingPauses(first=1.0, longest=5.0)
    assert [pauses.next() for _ in range(5)] == [1.0, 2.0, 4.0, 5.0, 5.0]
    pauses.reset()
    assert pauses.next() == 1.0
