"""Words that say nothing of what a question is about; a search that heeded them would find all."""

_SWEDISH = """
    alla allt att av bara blev bli blir de dem den denna det detta dig din ditt dina du där då
    efter ej eller en ett fast fick få får för från gör göra ha hade han har hon hur här i igen
    in ingen inte ja jag just kan kanske kunde lite man med men mer mig min mina mitt mot
    mycket måste ni nu någon något några när och också om på ser ska skulle som så sån till
    under upp ut utan vad var vara varför vem vi vid vill är
"""
_ENGLISH = """
    a about after all am an and any are as at be been but by can could did do does doesn doesnt
    don dont for from get had has have he her here his how i if im in is isnt it its ive just
    may me more must my no not now of on one or our out please she should so some t than that
    the their them then there these they this to too up want was we were what when where which
    who why will with would you your
"""
SMALL_WORDS: dict[str, frozenset[str]] = {
    "sv": frozenset(_SWEDISH.split()),
    "en": frozenset(_ENGLISH.split()),
}
