"""The English cues against an explanation: (name, part, pattern, reason), written as ``cues_en``."""

from __future__ import annotations

from meaning.explained.cues_en import T_THIS, Q

AGAINST: tuple[tuple[str, str, str, str], ...] = (
    (
        "compound",
        "sentence",
        r"THIS(?:s|es)? (?!is\b|are\b|was\b|were\b|or\b|and\b|to\b|of\b|in\b|for\b|as\b|on\b|by\b|"
        r"with\b|at\b|means?\b|refers?\b|that\b|which\b|allow|involve|relate|use[sd]?\b|the\b|an?\b|"
        r"describes|has\b|have\b|can\b|will\b|movement\b|who\b|from\b|it\b|but\b|lets?\b|helps?\b|"
        r"offers?\b|methods?\b|part\b|would\b|should\b|could\b|may\b|does\b|do\b|did\b|also\b|not\b|"
        r"if\b|when\b|because\b|than\b|so\b|we\b|you\b|they\b|this\b|—|–|-|\w+ly\b)[a-z]",
        "the term is part of a longer name",
    ),
    (
        "named_for",
        "sentence",
        r"(?:office|bureau|agency|council|team|committee|ministry|department|conference|summit|award|"
        r"center|centre|institute|community|month|week|act|bill|law) (?:of|for|on) (?:the )?THIS|"
        r"THIS(?:s|es)? (?:office|act|bill|team|council|committee|conference|summit|award|community|"
        r"week|month|day|program|programme|director|lead|coordinator|fellow|specialist|workshop|"
        r"webinar|course|plan|policy|strategy|project|group|lab)s?\b",
        "another thing is named after it",
    ),
    (
        "particular",
        "sentence",
        r"\b(?:our|your|their|his|her|its|these|those|some|such|my|each|every|whether|other|current|"
        r"this|that|first|new|more|many|another|\w+’s)(?: \w+)? THIS",
        "a particular one is meant",
    ),
    (
        "modified",
        "sentence",
        r"(?:^|[^\w’'-])(?!(?:a|an|the|of|in|on|to|for|by|with|and|or|but|as|is|are|was|were|be|that|"
        r"this|what|how|why|when|if|because|so|from|through|via|like|about|called|term|word|phrase|"
        r"using|use|using|also|while|where|than|into|at|our|your|their|its|my|his|her|any|each|every|"
        r"all|some|no|not|of|which|who|instead|essentially|basically|generally|simply|properly)"
        r" )[\w’'-]+[a-z] THIS|[\w]-THIS",
        "a word before it makes it a kind of its own",
    ),
    (
        "adjective",
        "sentence",
        rf"{T_THIS} (?:is|are|was|were|isn’t|isn't|aren’t|aren't) (?:(?:\w+ly|not|so|very|too|much|more|"
        r"less|now|also|still|always|often|really) ){0,3}(?:simple|easy|easier|hard|harder|difficult|new|"
        r"useful|responsible|available|popular|free|common|valuable|related|associated|authorized|done|"
        r"[a-z]+(?:able|ible|ful|ous|ive|ic|al|ant|ent))(?:[.,;!?]| (?:to|for|in|than|enough|and|but|when|"
        r"because|with|of|if|is|at)\b)",
        "an adjective is said of it",
    ),
    (
        "listed",
        "sentence",
        r"(?:, |/)THIS(?:s|es)?,? (?:and|or)\b|, THISs?,|(?:like|such as|including) (?:\w+ ){0,2}THIS|"
        r"\w+, (?:\w+ )?THIS(?:s|es)?[,.]|THIS(?:s|es)?, \w+(?: \w+)?, (?:and|or)\b",
        "it stands in a list",
    ),
    (
        "asks",
        "all",
        r"THIS[^,;\n]{0,70}\?\s*[\"”]?\n(?![^\n]*TERM)",
        "it is a question without an answer",
    ),
    ("the", "sentence", r"\bthe (?:[\w’'-]+ ){0,2}THIS", "a definite article stands before it"),
    (
        "object",
        "sentence",
        r"\b(?:use|used|uses|using|build|built|create|created|launch\w*|develop\w*|adopt\w*|support\w*|"
        r"embrac\w*|promot\w*|improv\w*|implement\w*|join\w*|host\w*|discuss\w*|about|via|through|for|"
        rf"with|into|on|by|from) (?:the |an? |our |its )?{Q}THIS",
        "something is done with it",
    ),
    (
        "we_do",
        "sentence",
        r"^(?:we|i|you|they|he|she|today|last|in \d{4}|at \w+|this|last|on \w+)\b(?!.*\bTERM\b (?:is|means))",
        "somebody's doings are told",
    ),
    (
        "judged",
        "sentence",
        rf"{T_THIS} (?:is|are) (?:\w+ly )?(?:meant to be|(?:a |an |the |one of the )?(?:\w+ly )?(?:important|cool|great|critical|key|"
        r"essential|necessary|hard|always|everywhere|now|free|also|moral|legal|two-way|threat|problem|"
        r"priority|win|challenge|more general|good|better|best|big|not|only|here|growing|coming))\b",
        "it is praised or judged",
    ),
)
