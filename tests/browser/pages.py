"""The pages that are looked at: by whom, and where."""

AMIRA = "amira.haddad@severnshire-hospitals.example"
LENA = "lena.marsh@severnshire-hospitals.example"
DEEPA = "deepa.sandhu@severnshire-hospitals.example"
BEA = "bea.okoro@severnshire-hospitals.example"
DOT = "dot.pryce@severnshire-police.example"
CY = "cy.barrow@severnshire-lantern.example"
ANA = "ana.brandt@severnshire-content.example"
REV = "rev.lowe@severnshire-content.example"
LEE = "lee.harding@severnshire-hospitals.example"
PAT = "pat.quill@severnshire.example"
COL = "col.ferris@severnshire-board.example"

PUBLIC = {
    "front": "/",
    "support": "/support/",
    "pathway": "/pathway/",
    "strategies": "/strategy/",
    "strategy": "/strategy/severnshire-2026/",
    "site": "/severnshire/",
    "site-strategy": "/severnshire/our-strategy/",
    "site-easy-read": "/severnshire/our-strategy/easy-read/",
    "site-training": "/severnshire/training/",
    "site-news": "/severnshire/news/",
    "site-help": "/severnshire/help/",
    "site-who-we-are": "/severnshire/who-we-are/",
    "accessibility": "/accessibility/",
    "strategy-historic": "/strategy/banes-da-2018/",
    "commitment-wall": "/commitments/severnshire/",
    "verify": "/verify/",
    "verify-unknown": "/verify/0000-0000-0000-0000-0000-0000-0000-0000",
    "sign-in": "/account/login/",
    "not-found": "/no-such-page/",
    "mailbox": "/mailbox/",
    "gallery": "/gallery/",
}
SIGNED_IN = {
    AMIRA: {
        "learning": "/learning/",
        "my-privacy": "/learning/privacy/",
        "course": "/learning/everyone-a1/",
        "lesson": "/learning/everyone-a1/part-1/",
        "notes": "/learning/notes/",
        "certificates": "/certificates/",
        "passport": "/learning/passport/",
        "champions": "/champions/",
    },
    LENA: {"team": "/team/"},
    BEA: {
        "agency": "/agency/SHT/",
        "agency-people": "/agency/SHT/people/?state=overdue",
        "agency-matrix": "/agency/SHT/matrix/",
        "agency-commitments": "/agency/SHT/commitments/",
        "agency-returns": "/agency/SHT/returns/",
        "head-counts": "/agency/SHT/head-counts/",
        "agency-forecast": "/agency/SHT/forecast/",
        "agency-indicator": "/agency/SHT/indicators/?indicator=COV_T1",
        "rosters": "/agency/SHT/roster/",
        "print-certificates": "/agency/SHT/certificates/",
        "printed-names": "/agency/SHT/names/",
    },
    CY: {
        "network-meetings": "/champions/network/severnshire/meetings/",
        "network": "/champions/network/severnshire/",
        "my-champion-page": "/champions/me/",
    },
    COL: {
        "board": "/board/severnshire/",
        "board-packs": "/board/severnshire/packs/",
        "explorer": "/board/severnshire/explorer/",
        "declared": "/board/severnshire/declared/",
        "forecast": "/board/severnshire/forecast/",
        "foi-pack": "/board/severnshire/foi/",
        "indicator": "/board/severnshire/indicators/COV_T1/",
    },
    PAT: {
        "board-pack-new": "/board/severnshire/packs/new/",
        "indicators": "/board/severnshire/indicators/",
        "indicator-outside": "/board/severnshire/indicators/REFERRALS_BY_AGENCY/",
        "value": "/board/severnshire/indicators/REFERRALS_MARAC_NONPOLICE/value/",
        "values-file": "/board/severnshire/values/",
        "commitments": "/commitments/severnshire/keep/",
        "charter": "/commitments/severnshire/charter/",
        "returns": "/returns/severnshire/",
        "returns-asked": "/returns/severnshire/terms/",
        "board-strategies": "/board/severnshire/strategies/",
        "board-strategy": "/board/severnshire/strategies/of/severnshire-2026/",
        "board-strategy-upload": "/board/severnshire/strategies/upload/",
    },
}
