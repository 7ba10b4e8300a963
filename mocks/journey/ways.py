"""Which chapters are whose: most file on their own phone; for some a relative, an employer or a counter does; and an officer decides."""

from collections.abc import Mapping, Sequence

from mocks.journey.applying import be_prefilled, fill, hand_in, open_case
from mocks.journey.arriving import has_a_phone, look, sign_in
from mocks.journey.asking import paid_in_several_places, when, where, whether
from mocks.journey.counter import ask_for_promises, enter_paper, hand_over, put_first, stand_at_the_counter, submit_paper
from mocks.journey.deciding import approve, waits_for_an_officer
from mocks.journey.delegating import accept, grant, take_back
from mocks.journey.employing import authorise, confirm, consent, hand_in_list, stamp_and_submit, to_be_confirmed
from mocks.journey.guarding import has_a_guardian, sign_in_as_guardian
from mocks.journey.office import read_who_looked, see_the_queue, take_and_decide, take_office, two_papers_come
from mocks.journey.own import see_looks, see_sessions, take_data_home, tell_who_filed
from mocks.journey.parting import goes_on, part
from mocks.journey.showing import hear_of_it, receive, receive_for_ward, see_who_looked, show, show_by_page
from mocks.journey.story import Chapter, Journey, drafting, under_way
from mocks.journey.submitting import submit
from mocks.journey.travellers import Traveller
from mocks.journey.visiting import be_visited

OFFICER = "officer"
PATIENCE = 90.0
"""Seconds for what waits for a worker, or is done for two."""

OPENED = Chapter("同意，开一张表", "consent, and one form", open_case)
PREFILLED = Chapter("证照替人填表", "filled in by licences and registers", be_prefilled, when=drafting)
FILLED = Chapter("自己填剩下的", "what is still asked", fill, when=drafting)
HANDED_IN = Chapter("材料", "papers", hand_in, when=drafting)
SUBMITTED = Chapter("提交，看着它办", "submit once, and watch", submit, seconds=180, when=under_way)
WATCHED = Chapter("看着它办", "watch", submit, seconds=180, when=under_way)
WHO_FILED = Chapter("谁替谁办的", "who did it, for whom", tell_who_filed)
HEARD_OF = Chapter("电子退休证", "the certificate", hear_of_it)
FOR_THE_WARD = Chapter("电子退休证", "the certificate", receive_for_ward)
CERTIFICATE = Chapter("电子退休证", "the certificate", receive)
LOOKS = Chapter("谁看过我的信息", "who looked at my data", see_looks)


def _not_guarded(journey: Journey) -> bool:
    return has_a_phone(journey) and not has_a_guardian(journey)


def _filed_by_another(journey: Journey) -> bool:
    return drafting(journey) and journey.filing is not None


ASKING = (
    Chapter("登录", "sign in", sign_in, when=_not_guarded),
    Chapter("监护人登录", "the guardian signs in", sign_in_as_guardian, when=has_a_guardian),
    Chapter("看看能办什么", "what there is", look),
    Chapter("什么时候退", "when", when),
    Chapter("在哪里领", "where it is claimed", where, when=paid_in_several_places),
    Chapter("能不能办、该选哪些", "whether, and what to choose", whether),
)
PARTING = (Chapter("先到这里", "so far, and what comes next", part),)
FILING = (
    OPENED,
    PREFILLED,
    FILLED,
    HANDED_IN,
    SUBMITTED,
    CERTIFICATE,
    Chapter("亮证", "show it", show),
    Chapter("任何人都能查", "anybody can check", show_by_page),
    Chapter("谁看过", "who looked", see_who_looked),
    LOOKS,
    Chapter("我登录在哪里", "where I am signed in", see_sessions),
    Chapter("带走自己的数据", "take one's data home", take_data_home),
)
BY_A_RELATIVE = (
    Chapter("委托女儿", "a mandate", grant),
    Chapter("女儿接受", "accepted, with the code read aloud", accept),
    OPENED,
    PREFILLED,
    FILLED,
    HANDED_IN,
    SUBMITTED,
    WHO_FILED,
    CERTIFICATE,
    LOOKS,
    Chapter("收回委托", "the mandate is taken back", take_back),
)
BY_A_GUARDIAN = (OPENED, PREFILLED, FILLED, HANDED_IN, SUBMITTED, WHO_FILED, FOR_THE_WARD)
BY_THE_EMPLOYER = (
    Chapter("单位指定经办人", "the employer's agent", authorise),
    Chapter("一张职工名单", "a list of staff", hand_in_list),
    Chapter("本人同意", "the person allows it", consent, when=drafting),
    PREFILLED,
    Chapter("单位填剩下的", "what is still asked", fill, when=drafting),
    HANDED_IN,
    Chapter("盖章、提交", "stamped, and submitted", stamp_and_submit, when=drafting),
    Chapter("本人确认", "the person confirms", confirm, when=to_be_confirmed),
    WATCHED,
    WHO_FILED,
    CERTIFICATE,
    LOOKS,
)
ON_PAPER = (
    Chapter("窗口补录", "a paper that came last week", enter_paper),
    PREFILLED,
    Chapter("照着纸填", "typed from the paper", fill, when=drafting),
    Chapter("承诺书", "a promise with a fingerprint", ask_for_promises, when=drafting),
    HANDED_IN,
    Chapter("优先办", "before others, with a reason", put_first, when=drafting),
    Chapter("提交", "submitted at the counter", submit_paper, when=drafting),
    Chapter("审批", "an officer decides", approve, seconds=PATIENCE, when=waits_for_an_officer),
    WATCHED,
    WHO_FILED,
    HEARD_OF,
    Chapter("上门", "somebody comes to his home", be_visited),
)
AT_THE_COUNTER = (
    Chapter("到窗口", "at the counter, card in hand", stand_at_the_counter),
    PREFILLED,
    Chapter("窗口帮着填", "filled in together", fill, when=drafting),
    HANDED_IN,
    Chapter("转到本人账户", "goes on in one's own account", hand_over, when=_filed_by_another),
)
THROUGH_OTHERS: Mapping[str, Sequence[Chapter]] = {
    "li": BY_A_RELATIVE,
    "sun": BY_A_GUARDIAN,
    "gao": BY_THE_EMPLOYER,
    "bai": ON_PAPER,
    "bao": AT_THE_COUNTER,
}
IN_OFFICE = (
    Chapter("上岗", "in office", take_office),
    Chapter("窗口来了两份纸", "two papers come to the counter", two_papers_come, seconds=PATIENCE),
    Chapter("待办", "the queue", see_the_queue, seconds=PATIENCE),
    Chapter("领件、看件、决定", "taken, seen, decided", take_and_decide, seconds=PATIENCE),
    Chapter("本人看得到", "the person reads who looked", read_who_looked),
)


def opening(who: Traveller) -> tuple[str, str]:
    """A line of each language."""
    if who.person.key == OFFICER:
        return (
            f"{who.person.name}，固阳县人力资源和社会保障局：待办、领件、看件、决定。",
            "An officer sees what they have taken, and nothing else.",
        )
    return f"{who.person.name}，{who.person.post}，{who.person.retires_on} 到退休年龄。", "One form, and a person has retired."


def before(journey: Journey) -> Sequence[Chapter]:
    """What is told first."""
    return () if journey.traveller.person.key == OFFICER else ASKING


def onwards(journey: Journey) -> Sequence[Chapter]:
    key = journey.traveller.person.key
    if key == OFFICER:
        return IN_OFFICE
    return THROUGH_OTHERS.get(key) or (FILING if goes_on(journey) else PARTING)
