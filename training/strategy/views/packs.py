"""The coordinator's strategies: which there are, a file with a look at what it would change, and what one says."""

from pathlib import Path

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.pathways.catalogue import Topic
from training.pathways.marked_yaml import Problem
from training.people.kinds import AgencyKind, LocalityKind
from training.people.models import Partnership
from training.people.selectors import partnership_for
from training.strategy import services
from training.strategy.changes import EVIDENCE, Change, changes
from training.strategy.models import Indicator, Outcome, Priority, Strategy, Target
from training.strategy.pack import Audience, Commitment, Pack, Unit
from training.strategy.pack_forms import PackFileForm
from training.strategy.pack_reader import BLANK, PACKS, PackError, packaged, read_pack_bytes
from training.strategy.pack_writer import as_yaml, pack_of
from training.strategy.selectors import editing as reads
from training.strategy.selectors import with_tree

KEEP = Permission.MANAGE_PATHWAY
MOST_SHOWN = 300
IS_AN_EXAMPLE = "{} is the id of an example: give your strategy an id of its own, such as our-area-2027"
CONFIRMED = {"adopted": "Adopted it", "supporting": "Supports it", "pending": "Nothing yet"}
Cell = str | dict[str, str]
CHANGE_HEAD = ["Change", "Where", "What", "Before", "After"]


def _partnership(request: Request, code: str) -> Partnership:
    return partnership_for(request.access, KEEP, code)


@require_safe
@requires(KEEP)
def board_strategies(request: Request, code: str) -> HttpResponse:
    """Which strategies stand, and from what another can begin."""
    partnership = _partnership(request, code)
    own = reads.own_strategies(partnership)
    context = {"partnership": partnership, "strategies": own, "examples": reads.examples(partnership)}
    return render(request, "strategy/board_strategies.html", context)


@require_safe
@requires(KEEP)
def board_strategy_guide(request: Request, code: str) -> HttpResponse:
    """How a strategy file is written, with every code that can stand in one."""
    context = {
        "partnership": _partnership(request, code),
        "heads": {"indicators": ["Code", "What it counts"], "kinds": ["Code", "Kind"]},
        "indicators": [[each.code, each.title] for each in Indicator.objects.all()],
        "agency_kinds": [[kind.value, str(kind.label)] for kind in AgencyKind],
        "locality_kinds": [[kind.value, str(kind.label)] for kind in LocalityKind],
        "topics": [each.value for each in Topic],
        "audiences": [each.value for each in Audience],
    }
    return render(request, "strategy/guide.html", context)


@require_safe
@requires(KEEP)
def board_strategy_start(request: Request, code: str, name: str) -> HttpResponse:
    """A file to start from: the blank one, or an example."""
    _partnership(request, code)
    if name != BLANK.stem and name not in packaged():
        raise Http404
    path = BLANK if name == BLANK.stem else PACKS / f"{name}.yaml"
    return _file(path.name, path.read_text(encoding="utf-8"))


def _file(name: str, text: str) -> HttpResponse:
    answer = HttpResponse(text, content_type="application/yaml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_http_methods(["GET", "POST"])
@requires(KEEP)
def board_strategy_upload(request: Request, code: str) -> HttpResponse:
    """A file, then what it would change, then the change. Nothing is saved before the last."""
    partnership = _partnership(request, code)
    if "content" in request.POST:
        return _agreed(request, partnership)
    form = PackFileForm(request.POST, request.FILES) if request.method == "POST" else PackFileForm()
    if not form.is_valid():
        return _upload_page(request, partnership, form)
    name = str(getattr(request.FILES["file"], "name", ""))[:60]
    try:
        pack = _read(partnership, name, form.cleaned_data["file"])
    except PackError as refusal:
        return _upload_page(request, partnership, PackFileForm(), name=name, problems=refusal.problems)
    return _preview(request, partnership, pack)


def _read(partnership: Partnership, name: str, data: bytes) -> Pack:
    pack = read_pack_bytes(name, data, reads.known_to(partnership))
    if reads.is_an_example(pack.id):
        raise PackError(Path(name), [Problem(1, IS_AN_EXAMPLE.format(pack.id))])
    return pack


def _upload_page(
    request: Request, partnership: Partnership, form: PackFileForm, name: str = "", problems: tuple[Problem, ...] = ()
) -> HttpResponse:
    rows = [[f"{name}, line {each.line}", each.reason] for each in problems[:MOST_SHOWN]]
    context = {
        "partnership": partnership,
        "form": form,
        "wrong": rows,
        "left_off": len(problems) - len(rows),
        "head": ["Where", "What is wrong"],
    }
    return render(request, "strategy/pack_upload.html", context, status=400 if problems or form.errors else 200)


def _preview(request: Request, partnership: Partnership, pack: Pack, refused: str = "") -> HttpResponse:
    """What would change, and what that means; with the digest of what was looked at."""
    strategy = Strategy.objects.filter(partnership=partnership, pack_id=pack.id).first()
    before = pack_of(strategy) if strategy else None
    differs = changes(before, pack, Indicator.titles())
    context = {
        "partnership": partnership,
        "pack": pack,
        "strategy": strategy,
        "is_new": before is None,
        "head": CHANGE_HEAD,
        "rows": [_row(each) for each in differs[:MOST_SHOWN]],
        "left_off": max(0, len(differs) - MOST_SHOWN),
        "counts": _counts(differs),
        "outcomes": len(pack.outcomes),
        "means": reads.what_it_means(partnership, before, pack),
        "content": as_yaml(pack),
        "seen": strategy.digest if strategy else "",
        "refused": refused or services.why_not(pack, partnership),
        "is_stopped": bool(services.why_not(pack, partnership)),
    }
    return render(request, "strategy/pack_preview.html", context, status=409 if refused else 200)


def _row(change: Change) -> list[str]:
    return [change.kind.value, change.place, change.what, change.before, change.after]


def _counts(differs: list[Change]) -> str:
    counts = {kind: sum(each.kind is kind for each in differs) for kind in dict.fromkeys(each.kind for each in differs)}
    return ", ".join(f"{count} {kind.value.lower()}" for kind, count in counts.items())


def _agreed(request: Request, partnership: Partnership) -> HttpResponse:
    """Save what was looked at; where it can no longer be, show what it would do now."""
    try:
        pack = _read(partnership, "The file", request.POST["content"].encode(errors="replace"))
    except PackError as refusal:
        return _upload_page(request, partnership, PackFileForm(), name="The file", problems=refusal.problems)
    try:
        receipt = services.load_pack(
            pack,
            partnership=partnership,
            by=request.access.actor,
            at=timezone.now(),
            seen=request.POST.get("seen", ""),
        )
    except services.StrategyError as refusal:
        return _preview(request, partnership, pack, refused=str(refusal))
    messages.success(request, "The strategy was saved." if receipt.is_changed else "Nothing was changed.")
    return redirect("board-strategy", partnership.code, pack.id)


@require_safe
@requires(KEEP)
def board_strategy(request: Request, code: str, pack_id: str) -> HttpResponse:
    """What one strategy says, each part with a way to change it."""
    partnership = _partnership(request, code)
    strategy = with_tree(reads.own_strategy(partnership, pack_id))
    aims = reads.aims(strategy)
    context = {
        "partnership": partnership,
        "strategy": strategy,
        "about": _about(strategy),
        "priorities": [(each, _outcome_rows(each, strategy)) for each in strategy.priorities.all()],
        "outcome_head": [
            "Outcome",
            "Shown by records",
            "Figures",
            *(["Carries on"] if strategy.succeeds else []),
            "Change",
        ],
        "targets": [_target_row(each, target, strategy) for each, target in aims if target],
        "without_target": [each for each, target in aims if target is None],
        "target_head": ["Figure", "Target", "Note", "Change"],
        "agencies": _agency_rows(strategy),
        "agency_head": ["Agency", "Confirmed", "Named in public", "Change"],
        "former": strategy.former.all(),
    }
    return render(request, "strategy/board_strategy.html", context)


def _to(strategy: Strategy, door: str, *more: object) -> str:
    assert strategy.partnership is not None
    return reverse(door, args=[strategy.partnership.code, strategy.pack_id, *more])


def _about(strategy: Strategy) -> list[dict[str, str]]:
    follows = (strategy.succeeds or {}).get("pack", "")
    url = _to(strategy, "board-strategy-about")
    return [
        {"key": "Title", "value": strategy.title, "url": url},
        {"key": "Years", "value": strategy.years, "url": url},
        {"key": "Status", "value": strategy.get_status_display(), "url": url},
        {"key": "Follows", "value": follows or "No other strategy", "url": url},
        {"key": "Where it comes from", "value": strategy.note},
        {"key": "Its id", "value": strategy.pack_id},
    ]


def _outcome_rows(priority: Priority, strategy: Strategy) -> list[list[Cell]]:
    carried = (strategy.succeeds or {}).get("outcomes", {})

    def row(each: Outcome) -> list[Cell]:
        links = ", ".join(carried.get(each.ref, ()))
        url = _to(strategy, "board-strategy-links", each.ref)
        return [
            f"{each.ref} {each.title}",
            EVIDENCE[each.evidence],
            ", ".join(link.indicator.title for link in each.links.all()) or "None",
            *([{"text": links or f"Link {each.ref}", "url": url}] if strategy.succeeds else []),
            {"text": f"Change {each.ref}", "url": _to(strategy, "board-strategy-outcome", each.ref)},
        ]

    return [row(each) for objective in priority.objectives.all() for each in objective.outcomes.all()]


def _target_row(indicator: Indicator, target: Target, strategy: Strategy) -> list[Cell]:
    said = f"{target.value:,}{'%' if indicator.unit == Unit.PERCENT else ''}"
    url = _to(strategy, "board-strategy-target", indicator.code)
    return [indicator.title, said, target.note, {"text": f"Change {indicator.code}", "url": url}]


def _agency_rows(strategy: Strategy) -> list[list[Cell]]:
    return [
        [
            agency["name"],
            CONFIRMED[agency["commitment"]],
            "No" if agency["commitment"] == Commitment.PENDING else "Yes",
            {"text": f"Change {agency['name']}", "url": _to(strategy, "board-strategy-agency", number)},
        ]
        for number, agency in enumerate(strategy.agencies)
    ]


@require_safe
@requires(KEEP)
def board_strategy_file(request: Request, code: str, pack_id: str) -> HttpResponse:
    """The strategy as a file that changes nothing when it is given again."""
    strategy = reads.own_strategy(_partnership(request, code), pack_id)
    return _file(f"{strategy.pack_id}.yaml", as_yaml(pack_of(strategy)))


@require_safe
@requires(KEEP)
def board_strategy_before(request: Request, code: str, pack_id: str, number: int) -> HttpResponse:
    """What it said before a change, and what the change was."""
    partnership = _partnership(request, code)
    strategy = reads.own_strategy(partnership, pack_id)
    before = reads.said_before(strategy, number)
    if "file" in request.GET:
        return _file(f"{strategy.pack_id}-{before.replaced_at:%Y-%m-%d}.yaml", before.content)
    context = {
        "partnership": partnership,
        "strategy": strategy,
        "before": before,
        "head": CHANGE_HEAD,
        "rows": [_row(each) for each in before.changes],
    }
    return render(request, "strategy/said_before.html", context)


@require_POST
@requires(KEEP)
def board_strategy_remove(request: Request, code: str, pack_id: str) -> HttpResponse:
    """Take away a draft."""
    partnership = _partnership(request, code)
    strategy = reads.own_strategy(partnership, pack_id)
    try:
        services.remove_draft(strategy, by=request.access.actor, at=timezone.now())
    except services.StrategyError as refusal:
        messages.error(request, str(refusal))
        return redirect("board-strategy", partnership.code, pack_id)
    messages.success(request, "The draft was removed.")
    return redirect("board-strategies", partnership.code)
