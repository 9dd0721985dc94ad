from kiosk_app.case import effects, events
from kiosk_app.case.view.menu import MenuView
from kiosk_app.case.view.screen import Sheet
from kiosk_app.protocol import to_kiosk
from kiosk_app.protocol.from_kiosk import CloseCase, ContextChanged, JoinQueue, OpenCase
from kiosk_app.protocol.knowledge import Bundle
from kiosk_app.protocol.policy import KioskPolicy
from kiosk_app.protocol.shared import EndCause, ReadArticle, ShareAnswer
from tests.support.help import CARD, DOOR, bundle
from tests.unit.case.story import Story

READ_CARD = ReadArticle("kortet-nekas", "Betalningen går inte igenom")


def menu_story(help_bundle: Bundle | None = None) -> Story:
    story = Story()
    story.feed(events.KnowledgeLoaded(help_bundle or bundle()))
    story.to_menu()
    return story


def shown(story: Story) -> MenuView:
    menu = story.view.menu
    assert menu is not None
    return menu


def titles(story: Story) -> list[str]:
    return [item.title for item in shown(story).items]


def press(story: Story, *items: str) -> None:
    for item in items:
        story.feed(events.MenuItemPressed(item))


def ask(story: Story, question: str) -> int | None:
    """Type ``question``; the number of the search that it starts."""
    done = story.feed(events.QuestionTyped(question))
    searches = [effect for effect in done if isinstance(effect, effects.SearchArticles)]
    return searches[0].search if searches else None


def find(story: Story, question: str, *articles: str) -> None:
    search = ask(story, question)
    assert search is not None
    story.feed(events.ArticlesFound(search, articles))


class TestBrowsing:
    def test_the_menu_is_there_before_it_is_opened(self) -> None:
        story = Story()
        assert story.view.menu is None
        story.feed(events.KnowledgeLoaded(bundle()))
        assert titles(story) == ["Betalningen", "Mera", "Butiken"]

    def test_down_and_back(self) -> None:
        story = menu_story()
        press(story, "topic:1")
        assert (shown(story).title, shown(story).depth) == ("Mera", 1)
        assert titles(story) == ["Kvitton", "Betala med mobil"]
        press(story, "topic:0", "kvitto")
        article = shown(story).article
        assert article is not None
        assert (article.title, shown(story).depth) == ("Få ditt kvitto", 3)
        for title in ("Kvitton", "Mera", ""):
            story.feed(events.MenuBackPressed())
            assert shown(story).article is None
            assert shown(story).title == title

    def test_a_topic_of_one_article_is_that_article(self) -> None:
        story = menu_story()
        press(story, "kortet-nekas")
        assert shown(story).depth == 1

    def test_what_is_not_shown_cannot_be_pressed(self) -> None:
        story = menu_story()
        press(story, "kvitto", "topic:7", "nonsense")
        assert shown(story).depth == 0

    def test_another_language_keeps_the_place(self) -> None:
        story = menu_story()
        press(story, "topic:1", "mobil")
        story.feed(events.LanguageChosen("en"))
        article = shown(story).article
        assert article is not None
        assert article.title == "Pay by phone"
        story.feed(events.MenuBackPressed())
        assert shown(story).title == "More"

    def test_an_article_without_the_language_is_shown_in_swedish(self) -> None:
        story = menu_story()
        story.feed(events.LanguageChosen("en"))
        press(story, "dorren")
        article = shown(story).article
        assert article is not None
        assert article.title == "Jag kommer inte ut"

    def test_folding_keeps_the_place_and_closing_does_not(self) -> None:
        story = menu_story()
        press(story, "topic:1")
        story.feed(events.HelpPressed())
        story.feed(events.HelpPressed())
        assert shown(story).title == "Mera"
        story.feed(events.ClosePressed())
        story.feed(events.HelpPressed())
        assert (shown(story).title, shown(story).depth) == ("", 0)

    def test_nothing_changes_while_nothing_happens(self) -> None:
        story = menu_story()
        assert story.view.menu is story.view.menu


class TestNewBundles:
    def test_the_place_is_kept_where_it_still_is(self) -> None:
        story = menu_story()
        press(story, "topic:1", "mobil")
        story.feed(events.KnowledgeLoaded(bundle(2)))
        assert shown(story).depth == 2

    def test_what_is_gone_is_left(self) -> None:
        story = menu_story()
        press(story, "topic:1", "mobil")
        story.feed(events.KnowledgeLoaded(bundle(2, articles=(CARD, DOOR), menu=())))
        assert shown(story) == MenuView()

    def test_what_was_found_and_is_gone_is_left_out(self) -> None:
        story = menu_story()
        find(story, "mobil", "mobil", "kortet-nekas")
        story.feed(events.KnowledgeLoaded(bundle(2, articles=(CARD, DOOR), menu=())))
        assert [item.id for item in shown(story).items] == ["kortet-nekas"]

    def test_an_announcement_of_a_newer_one_is_followed(self) -> None:
        story = menu_story(bundle(4))
        story.feed(to_kiosk.KnowledgeChanged(4, "0" * 64))
        assert story.did(effects.FetchKnowledge) == []
        story.feed(to_kiosk.KnowledgeChanged(5, "1" * 64))
        assert story.did(effects.FetchKnowledge) == [effects.FetchKnowledge(5, "1" * 64)]


class TestAsking:
    def test_each_change_is_looked_for_once(self) -> None:
        story = menu_story()
        for question in ("k", "ko", "ko ", "kor"):
            ask(story, question)
        asked = [effect.question for effect in story.did(effects.SearchArticles)]
        assert asked == ["k", "ko", "kor"]

    def test_what_is_found_takes_the_menus_place_until_the_line_is_empty(self) -> None:
        story = menu_story()
        press(story, "topic:1")
        find(story, "kort", "kortet-nekas", "unknown")
        assert shown(story).searched
        assert titles(story) == ["Betalningen går inte igenom"]
        ask(story, "")
        assert (shown(story).title, shown(story).searched) == ("Mera", False)

    def test_an_answer_that_comes_late_is_not_shown(self) -> None:
        story = menu_story()
        first = ask(story, "kor")
        assert first is not None
        find(story, "kvi", "kvitto")
        story.feed(events.ArticlesFound(first, ("kortet-nekas",)))
        assert titles(story) == ["Få ditt kvitto"]
        ask(story, "")
        story.feed(events.ArticlesFound(first + 1, ("kvitto",)))
        assert not shown(story).searched

    def test_the_next_shopper_sees_nothing_of_it(self) -> None:
        story = menu_story()
        search = ask(story, "kort")
        assert search is not None
        story.feed(events.NewCustomerPressed())
        story.feed(events.HelpPressed())
        story.feed(events.ArticlesFound(search, ("kortet-nekas",)))
        assert not shown(story).searched
        assert story.sent(OpenCase)[-1].context.asked == ()

    def test_nothing_is_looked_for_outside_the_menu(self) -> None:
        story = Story()
        story.feed(events.KnowledgeLoaded(bundle()))
        assert ask(story, "kort") is None


class TestWhatTheAgentHears:
    def test_what_was_read_and_asked(self) -> None:
        story = menu_story()
        find(story, "betalnig", "kortet-nekas")
        press(story, "kortet-nekas")
        context = story.sent(ContextChanged)[-1].context
        assert (context.read, context.asked) == ((READ_CARD,), ("betalnig",))

    def test_what_was_only_browsed_was_not_asked(self) -> None:
        story = menu_story()
        press(story, "kortet-nekas")
        context = story.sent(ContextChanged)[-1].context
        assert (context.read, context.asked) == ((READ_CARD,), ())

    def test_an_article_read_again_is_the_newest(self) -> None:
        story = menu_story()
        for article in ("kortet-nekas", "dorren", "kortet-nekas"):
            press(story, article)
            story.feed(events.MenuBackPressed())
        read = story.sent(ContextChanged)[-1].context.read
        assert [article.id for article in read] == ["dorren", "kortet-nekas"]

    def test_going_on_typing_is_one_question(self) -> None:
        story = menu_story()
        for question in ("kort", "kortet nekas", "kvitto"):
            find(story, question, "kortet-nekas")
            press(story, "kortet-nekas")
            story.feed(events.MenuBackPressed())
        assert story.sent(ContextChanged)[-1].context.asked == ("kortet nekas", "kvitto")

    def test_a_new_customer_has_read_nothing(self) -> None:
        story = menu_story()
        press(story, "kortet-nekas")
        story.feed(events.NewCustomerPressed())
        story.feed(events.HelpPressed())
        assert story.sent(OpenCase)[-1].context.read == ()


class TestSolved:
    def test_yes_closes_the_press_with_its_article(self) -> None:
        story = menu_story()
        press(story, "kortet-nekas")
        story.feed(events.SolvedPressed())
        [closed] = story.sent(CloseCase)
        assert (closed.cause, closed.article) == (EndCause.SELF_SOLVED, "kortet-nekas")
        assert story.sheet() is Sheet.NONE

    def test_no_leads_to_a_person_with_what_was_asked(self) -> None:
        story = menu_story()
        find(story, "kortet", "kortet-nekas")
        press(story, "kortet-nekas")
        story.feed(events.TalkPressed("kortet"))
        [joined] = story.sent(JoinQueue)
        assert joined.message is not None
        assert joined.message.text == "kortet"
        assert story.sheet() is Sheet.QUEUE

    def test_without_an_article_nothing_is_solved(self) -> None:
        story = menu_story()
        story.feed(events.SolvedPressed())
        assert story.sent(CloseCase) == []

    def test_who_waits_may_read_and_find_it_solved(self) -> None:
        story = menu_story()
        story.feed(events.TalkPressed(""))
        story.feed(events.ArticlesPressed())
        press(story, "kortet-nekas")
        assert shown(story).article is not None
        story.feed(events.SolvedPressed())
        [closed] = story.sent(CloseCase)
        assert (closed.cause, closed.article) == (EndCause.SELF_SOLVED, "kortet-nekas")


class TestRollout:
    def test_without_a_promise_none_is_shown_sent_or_missed(self) -> None:
        story = menu_story()
        story.feed(events.PolicyChanged(KioskPolicy(promise=False)))
        assert not story.view.help.promised
        story.feed(events.TalkPressed(""))
        [joined] = story.sent(JoinQueue)
        assert joined.promised_seconds is None
        queue = story.view.queue
        assert queue is not None
        assert queue.late is None
        story.wait(200)
        assert story.view.queue is not None
        assert story.view.queue.late is None

    def test_the_next_press_is_sent_without_a_promise_too(self) -> None:
        story = Story()
        story.feed(events.PolicyChanged(KioskPolicy(promise=False)))
        story.to_menu()
        assert story.sent(OpenCase)[-1].promised_seconds is None

    def test_the_buttons_variant_reaches_the_screen(self) -> None:
        story = Story()
        story.feed(events.PolicyChanged(KioskPolicy(button="small")))
        assert story.view.help.button == "small"

    def test_a_share_that_is_switched_off_is_not_asked_for(self) -> None:
        story = Story()
        story.feed(events.PolicyChanged(KioskPolicy(share=False)))
        story.to_chat()
        done = story.ask()
        assert story.view.consent is None
        [answer] = [each.message for each in done if isinstance(each, effects.Send)]
        assert getattr(answer, "answer", None) is ShareAnswer.NOT_NOW
