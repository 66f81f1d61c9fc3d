"""The English cues: (name, part, pattern, reason). TERM is the term as one sign."""

from __future__ import annotations

_Q = "[\"“”'‘’]*"
_BRACKET = r"(?: \([^)]{1,60}\))?"
# The term with an article, quotation marks, its plural, a short form in brackets or after "or".
T = rf"(?:an? |the |our |u\.s\. )*{_Q}TERM(?:s|es)?,?{_Q}{_BRACKET}(?:,? or [\w-]+,?)?"
_JOINED = r"(?: (?:and|or|&) [\w -]{2,30}?)?(?: part,?| method\w*| movement| process| projects?)?"
# Where a clause begins, with up to three words before the term: "the core of", "in 18F's Methods".
_START = (
    r"(?:^|[.;:—–,] ?|\d\) |\b(?:that|and|but|so|because|instead|essentially|however|generally|"
    r"say|says),? )(?:[\w.’'-]+ ){0,2}?"
)
_OFTEN = (
    r"(?:\w+ly |often |also |just |not only |more than |, at (?:its|their) \w+ basic, )?"
    r"(?:\([^)]{1,60}\) )?[\"“]?"
)
KIND = (
    r"(?:acronym|act|activity|agreement|amendment|app|application|approach|area|art|body|bundle|"
    r"catalog|category|channel|collection|combination|components?|concept|definition|"
    r"demonstration|device|discipline|document|effort|event|field|form|format|framework|guide|"
    r"group|idea|initiative|innovation|interface|kind|language|law|layer|library|list|means|"
    r"mechanism|method|methodolog(?:y|ies)|mindset|model|movement|name|network|organi[sz]ation|"
    r"paradigm|part of|pass|path|phenomenon|philosophy|piece|place|plan|platform|policy|practices?|"
    r"principles?|procedure|process|product|program|programme|project|protocol|reform|resource|"
    r"right|rules?|school|service|set|site|skill|software|space|standards?|strategy|structure|"
    r"study|system|technique|technolog(?:y|ies)|term|test|theory|tools?|toolkit|type|umbrella|"
    r"unit|use of|version|way|website|word|anything|something|any\w* that)"
)
_VERBS = (
    r"(?:involves?|consists? of|comprises?|combines?|relates? to|uses?|breaks?|contains?|includes all|"
    r"allows? (?!us\b|you\b|me\b)\w+ to|enables? (?!us\b|you\b)\w+ to|lets? (?!us\b|me\b)\w+ \w+|"
    r"(?:is|are) (?:specifically |usually |\w+ly )?(?:done|built|composed|made (?:up )?of|"
    r"used (?:to|for|by)|designed to (?!be\b)|intended to (?!be\b)|engineered|measured|based on)|"
    r"exists? to|offers? (?:an? )?(?:\w+ )?(?:framework|way)|exposes?|aims? to|seeks? to|"
    r"works? by|occurs? when|happens? when|is when|is about)\b"
)

CUES: tuple[tuple[str, str, str, str], ...] = (
    (
        "formal",
        "sentence",
        rf"{T}{_JOINED} (?:\w+ )?(?:refers? to|(?:is|are|was) (?:\w+ )?defined as|(?:is|are) short for|stands? for|"
        rf"means? (?!to )|describes?|denotes?)|define[sd]? {T} (?:as|is)|definition of {T} is|"
        rf"by {T},? (?:we|i|they) mean|TERM[^.]{{0,40}} means to me|"
        r"\b(?:term|phrase|word)\b[^.]*TERM[^.]*\b(?:describes|means|refers to|denotes|is (?:mostly|"
        r"really|mainly) )",
        "a formal definition: refers to, is defined as, means",
    ),
    (
        "is_kind",
        "sentence",
        rf"{_START}{T}{_JOINED} (?:is|are|was|were) {_OFTEN}(?:an? |the |one |our |their |any)"
        rf"(?:(?!“|”)[\w’',.-]+ ){{0,6}}?{KIND}\b",
        "says what kind of thing it is",
    ),
    (
        "is_noun",
        "sentence",
        rf"{_START}{T} (?:is|are) (?:\w+ly )?\w+(?:ity|tion|ment|ness|ing|ance|are) "
        r"(?:for|of|that|which|in|\w+ing)\b|"
        rf"{T}{_BRACKET},? (?:is|are) an? (?:[\w-]+’s )(?:\w+ )?(?:ability|capacity)",
        "says what it is: X is … for …",
    ),
    (
        "works",
        "sentence",
        rf"{_START}{T}{_JOINED} (?:\w+ly )?{_VERBS}",
        "says how it works or what it is made of",
    ),
    (
        "apposition",
        "sentence",
        rf"TERM(?:s|es)?{_Q}{_BRACKET}(?:, | ?[—–-]+ ?|: )(?:[“\"])?(?:(?:an?|the|our own|which is an?|"
        rf"which is the|which are) (?:[\w’'-]+ ){{0,5}}?(?:{KIND}|(?:that|which|who|where) )|"
        rf"an? (?:[\w’'-]+ ){{1,2}}(?:of what|for))",
        "a gloss set beside it: X, a … that …",
    ),
    (
        "glossed_by",
        "sentence",
        rf"\b(?:an?|our own|their own) (?:[\w’'-]+ ){{0,5}}?(?:{KIND}|paas|saas)(?: [\w-]+){{0,3}}?,? "
        rf"(?:(?:called|known as|named) (?:the |an? )?|, ){_Q}TERM{_Q}(?=[ ,.;:—]|$)|\b(?:paas|saas|tool), {_Q}TERM",
        "its kind stands before the name: a platform called X",
    ),
    (
        "which_means",
        "sentence",
        rf"TERM(?:s|es)?{_Q},? (?:part,? )?(?:which means|meaning that|that means|that is to say|"
        r"i\.e\.|in other words)|TERM[^.]{0,60} (?:says|means|meaning) that",
        "glossed: which means, that is",
    ),
    (
        "called_this",
        "sentence",
        rf"(?:\bthis\b|\bit\b|it’s|it's|—|\bis)[^.]{{0,60}}(?:called|known as|termed) {_Q}TERM{_Q}"
        rf"{_BRACKET}(?:[.,]|\s?—|\s?”|$| movement)",
        "what was just described is given the name",
    ),
    (
        "after_it",
        "after",
        r"^(?:it|this|they|these)(?:’s|'s| is| are) (?!not\b|an? (?:great|good|win|big)\b)(?:an? |the |"
        r"\w+(?:tion|ing|ment) )|^(?:it|this|they|these) (?:\w+ly )?"
        r"(?:means|takes care|contains|features|eliminates|allows|involves|relates)\b",
        "the next sentence goes on: it is …",
    ),
    (
        "after_term",
        "after",
        rf"(?:^|[.?!] ){T}{_JOINED} (?:(?:is|are|was|were) (?!on\b|not\b|important\b|free\b)|means|relates|"
        rf"refers|exists? to|involves|features)|by contrast, {T}|^in TERM(?:s|ing)?, |"
        r"^instead of [^,]*, \w+ features|^meaning that ",
        "the next sentence says it of the term",
    ),
    (
        "before_term",
        "before",
        rf"TERM{_Q}(?: is| are|:|,? which is) (?:an? |the )(?:[\w’'-]+ ){{0,4}}?{KIND}",
        "the sentence before says it of the term",
    ),
    (
        "described_before",
        "before",
        r"\b(?:algorithms?|approach|votes?|method|process|way|technique)\b",
        "the sentence before describes a method",
    ),
    (
        "asked",
        "sentence",
        rf"\bwhat (?:is|are|’s) {T}|\bdefine {T}|difference between",
        "it is asked what it is",
    ),
    (
        "purpose",
        "sentence",
        rf"(?:goals?|purpose|aim|core tenet|point|heart|essence|principle) of (?:an? |the )?{_Q}TERM[^.]*? "
        rf"(?:is|was|are) |TERM[”\"]?(?: \w+)? as a way (?:to|of)",
        "says its purpose or principle",
    ),
    (
        "entry",
        "sentence",
        rf"^{_Q}TERM{_Q}(?: \([^)]*\))[.:]?\s*$|^TERM: an? ",
        "it is an entry of a glossary",
    ),
    (
        "to_me",
        "sentence",
        r"(?:to me|for me|in my view|i call|we call)[^.]{0,30}TERM|TERM[^.]{0,40} to me\b",
        "says what it means to the speaker",
    ),
    (
        "compound",
        "sentence",
        r"TERM(?:s|es)? (?!is\b|are\b|was\b|were\b|or\b|and\b|to\b|of\b|in\b|for\b|as\b|on\b|by\b|"
        r"with\b|at\b|means?\b|refers?\b|that\b|which\b|allow|involve|relate|use|the\b|an?\b|describes|"
        r"has\b|have\b|can\b|will\b|movement\b|platform|who\b|from\b|it\b|but\b|lets?\b|helps?\b|"
        r"offers?\b|method|part\b|—|–|-)[a-z]",
        "the term is part of a longer name",
    ),
    (
        "particular",
        "sentence",
        r"\b(?:our|your|their|his|these|those|some|such|my|each|every|whether|other|current|this|first)"
        r"(?: \w+)? TERM|^the (?:api|prototype|hackathon)\b|^the TERMs? (?:was|includes|allows|is (?:split|rest))",
        "a particular one is meant",
    ),
    (
        "listed",
        "sentence",
        r"(?:, |/)TERM(?:s|es)?,? (?:and|or)\b|, TERMs?,|(?:like|such as|including) (?:\w+ ){0,2}TERM|"
        r"\w+, (?:\w+ )?TERM(?:s|es)?[,.]",
        "it stands in a list",
    ),
    ("asks", "sentence", r"\?\s*[\"”]?$", "it is a question"),
    (
        "judged",
        "sentence",
        rf"{T} (?:is|are) (?:\w+ly )?(?:meant to be|(?:a |an )?(?:important|cool|great|critical|key|"
        r"essential|necessary|hard|always|everywhere|now|free|also|moral|legal|two-way|threat|problem|"
        r"priority|win|challenge|more general))\b",
        "it is praised or judged",
    ),
)
