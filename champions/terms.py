"""What a champion agrees to when they let themselves be listed. New wording takes a new number, and asks again."""

VERSION = 3

TERMS = (
    "Only people of your partnership who are signed in can find you: staff of its agencies, community champions, who "
    "have no employer, and the coordinators of the network. You are never listed in public.",
    "They see whether you are still in training. Of everything else, your own name too, you choose who sees it: "
    "nobody, champions only, or everybody in your partnership. To whom you do not show your own name, "
    "another that you choose is shown, or 'A champion'. Nobody sees your address, "
    "your phone number or where you live, and your place of work is never shown more exactly than its district.",
    "They can send you a short request through this site. You decide whether to answer, and what to give.",
    "You can hide at once, with one press, whenever you like, and you need not say why.",
    "You can keep somebody from ever finding you. They are not told, and cannot tell.",
    "While what the network asks of its champions has lapsed, nobody finds you until it is mended.",
    "Listed or not, your coordinator sees that you are a champion and whether your training is in date. If you work "
    "for an agency, its HR team sees the duty and the training that it asks, and your manager sees that training.",
)
