"""The English cues for an explanation: (name, part, pattern, reason). TERM is the term as one sign.

Texts are folded and in lower case. ``all`` is the sentence before, this one and the next, a line
each, so that a pattern with ``\\n`` says what follows on what.
"""

from __future__ import annotations

Q = "[\"“”'‘’]*"
_BRACKET = r"(?: ?\([^)]{1,60}\))?"
# The term with an article, quotation marks, its plural, a short form in brackets or after "or".
T = (
    rf"(?:an? |the |our |u\.s\. |draft |so-called )*{Q}TERM(?:s|es|’s|'s)?,?{Q}{_BRACKET}"
    r"(?:,? or [\w-]+(?: [\w-]+)?,?)?"
)
T_THIS = T.replace("TERM", "THIS")
_JOINED = (
    r"(?: (?:and|or|&) [\w -]{2,30}?)?"
    r"(?: (?:part|methods?|methodolog(?:y|ies)|movements?|process(?:es)?|projects?|technolog(?:y|ies)),?)?"
)
# Where a clause begins, with up to three words before the term: "the core of", "in 18F's Methods".
_START = (
    r"(?:^|[.;:—–,] ?|[”\"] |\d\) |\b(?:that|and|but|so|because|instead|essentially|however|"
    r"generally|while|where|since|as|why|how|say|says|said|think|believe|put),? )(?:[\w.’'-]+ ){0,2}?"
)
_ADVERB = (
    r"(?:\w+ly |often |also |just |not only |more than |in short,? |in essence,? |at heart,? |"
    r", at (?:its|their) \w+ basic, )?(?:\([^)]{1,60}\) )?[\"“]?"
)
_IS = rf"(?:is|are|’s|'s|was|were) {_ADVERB}"
# What praises or places a thing without saying what it is.
_PRAISE = (
    r"(?!(?:an? |the |one of the )?(?:\w+ly )?(?:(?:great|good|better|best|useful|big|biggest|key|important|"
    r"critical|crucial|essential|powerful|hot|top)(?! (?:way|tool|method|approach|means|set|kind|type|part of a|technique|technology)s?\b)|priority|win|success|challenge|problem|issue|threat|"
    r"matter|must|first|next|last|latest|same|right|wrong|main|major|only|case|case study|"
    r"core|focus|part of|result|reason|topic|subject|future|lot|bit|few|example|answer)\b)"
)
KIND = (
    r"(?:[\w-]+-as-a-service|abilit(?:y|ies)|acronym|agency|collective|community|company|department|ministry|team|act|activity|agreement|algorithm|amendment|app|application|"
    r"approach(?:es)?|area|art|body|branch|bundle|capacity|catalog(?:ue)?|categor(?:y|ies)|channel|"
    r"collection|combination|communication|components?|concept|condition|database|definition|"
    r"demonstration|device|discipline|document|effort|environment|event|facility|field|form|"
    r"format|framework|function|group|guide|guidelines?|idea|initiative|innovation|instrument|"
    r"interface|kind|language|law|layer|library|license|list|means|measure|mechanism|"
    r"methods?|methodolog(?:y|ies)|mindset|model|movement|network|notion|number|organi[sz]ation|paradigm|"
    r"pass|path|permit|phenomenon|philosophy|piece|place|plan|platform|policy|practices?|"
    r"principles?|procedure|process(?:es)?|product|program|programme|project|propert(?:y|ies)|protocol|"
    r"record|reform|register|registry|repository|representation|resource|right|rules?|school|sector|"
    r"service|set|shorthand|site|skill|software|space|standards?|state|strategy|structure|study|"
    r"style|system|techniques?|technolog(?:y|ies)|term|test|theory|tools?|toolkit|type|umbrella|"
    r"unit|use of|variety|version|way|website|word|anything|something|any\w* that)"
)
_VERBS = (
    r"(?:involves?|consists? of|comprises?|combines?|relates? to|contains?|includes all|"
    r"allows? (?!us\b|you\b|me\b|for us)\w+ (?:\w+ )?to|enables? (?!us\b|you\b)\w+ (?:\w+ )?to|"
    r"lets? (?!us\b|me\b|’s)\w+ \w+|helps? (?!us\b|me\b|our\b)\w+ (?:\w+ )?(?:to )?\w+|"
    r"(?:is|are) (?:specifically |usually |\w+ly )?(?:done|built|composed|made up of|"
    r"used (?:to|for|by)|designed to (?!be\b)|intended to (?!be\b)|meant to (?!be\b)|engineered|"
    r"measured|based on|concerned with|characteri[sz]ed by)|"
    r"exists? to|offers? (?:an? )?(?:\w+ )?(?:framework|way)|exposes?|aims? to|seeks? to|"
    r"works? by|occurs? when|happens? when|is when|is where|is how|is about|are about|breaks?|"
    r"automates?|uses? (?:\w+ ){0,4}to|(?:provides?|gives?|offers?) (?:an? |the )?(?:[\w,-]+ ){0,3}?"
    r"(?:opportunity|way|means|framework|set|library|ability|foundation|platform)|helps? us|"
    r"describes?|represents?|requires?|ensures?|measures?|serves? (?:as|to)|supports?|creates?|"
    r"makes? (?:it|sure)|brings?|focus(?:es)? on|emphasi[sz]es|starts? (?:with|from))\b"
)
_RELATIVE = (
    r"(?:that|which|whereby|where|who|when|(?:in|by|through|for|with|from|of) which|"
    r"(?:for|of|by|in) \w+ing|designed|told|made|written|sent|held|used|meant|intended|requiring|allowing|enabling|providing|"
    r"based on|to (?:\w+ly )?(?:help|make|let|give|get|build|create|share|support|collect|record|"
    r"provide|allow|enable|bring|connect|manage|measure|improve|store|publish|process))\b"
)
_FORMAL = (
    rf"(?<!what ){T}{_JOINED} (?:\w+ly )?(?:refers? to|(?:is|are|was) (?:\w+ )?(?:defined as|defined by|"
    r"understood as|known as|short for|described as|another (?:word|name|term) for)|stands? for|"
    r"means? (?!to\b|for\b|business|nothing|a lot|that we|more|less|so)|describes |denotes )"
)
_KIND_OF = (
    rf"{_START}{T}{_JOINED} {_IS}{_PRAISE}(?:an? |the |one |our |their |any)"
    rf"(?:(?!“|”)[\w’',.-]+ ){{0,6}}?{KIND}\b"
)
_THAT = rf"{_START}{T}{_JOINED} {_IS}{_PRAISE}(?:an? |the )?(?:[\w’',.-]+ ){{1,7}}?{_RELATIVE}"

_GLOSS = (
    rf"(?:[“\"])?(?:(?:an?|the|our own|any|one) (?:[\w.’'-]+ ){{0,5}}?(?:{KIND}|{_RELATIVE})|"
    r"an? (?:[\w’'-]+ ){1,2}(?:of what|for))"
)

FOR: tuple[tuple[str, str, str, str], ...] = (
    (
        "formal",
        "sentence",
        rf"{_FORMAL}|\bdefines? {T} (?:as|is|to be)|definitions? of {T} (?:is|as)|"
        rf"by {T},? (?:we|i|they) mean|TERM[^.]{{0,40}} means to me|"
        rf"\b(?:term|phrase|word)s? [^.]{{0,30}}TERM[^.]*\b(?:describes|means|refers to|denotes|"
        r"is (?:mostly|really|mainly|used) )",
        "a formal definition: refers to, is defined as, means",
    ),
    ("is_kind", "sentence", _KIND_OF, "says what kind of thing it is"),
    ("is_that", "sentence", _THAT, "says what it is: X is … that, for, to"),
    (
        "is_a",
        "sentence",
        rf"{_START}{T}{_JOINED} (?:is|are) {_ADVERB}{_PRAISE}an? ",
        "is a …",
    ),
    (
        "works",
        "sentence",
        rf"{_START}{T}{_JOINED} (?:\w+ly )?{_VERBS}",
        "says how it works, what it is for or made of",
    ),
    (
        "apposition",
        "sentence",
        # Not after "By building an X, the office …": there the comma ends an adverbial.
        rf"^(?!{Q}(?:by|to|with|for|after|when|as|through|from|without|while|using|because|"
        rf"if|before|despite)\b[^,]{{0,60}}TERM(?:s|es)?,)[^\n]*?"
        rf"TERM(?:s|es)?{Q}{_BRACKET}(?:,{Q} | ?[—–-]+ ?| \()(?:which (?:is|are) )?{_PRAISE}{_GLOSS}|"
        rf"^{Q}(?:[•*-] ?)?TERM(?:s|es)?: {_GLOSS}",
        "a gloss set beside it: X, a … that …",
    ),
    (
        "glossed_by",
        "sentence",
        rf"\b(?:an?|our own|their own|one|the) (?:[\w’'-]+ ){{0,5}}?(?:{KIND}|paas|saas)(?: [\w-]+){{0,3}}?,? "
        rf"(?:(?:is |are |we |they |is often )?(?:called?|known as|named|termed|dubbed) (?:the |an? )?|, (?:the |an? )?)"
        rf"{Q}TERM{Q}(?=[ ,.;:—]|$)",
        "its kind stands before the name: a platform called X",
    ),
    (
        "called",
        "sentence",
        rf"(?:called|known as|named|dubbed|termed) (?:the |an? )?{Q}TERM",
        "it is named: called X",
    ),
    (
        "appos_end",
        "sentence",
        rf"TERM(?:s|es)?{Q}{_BRACKET}, (?:an?|our|the) (?:[\w’'-]+ ){{1,5}}?[\w’'-]+(?:[.;—]|, |$)",
        "a noun is set beside it",
    ),
    (
        "or_gloss",
        "sentence",
        rf"TERM(?:s|es)?{Q}, or (?:more[ -])?[\w’'-]+(?: [\w’'-]+){{1,5}}[.,;]",
        "said in other words: X, or …",
    ),
    (
        "or_other",
        "sentence",
        rf"TERM(?:s|es)?{Q},? (?:and|or) (?:any )?other (?:[\w-]+ ){{0,2}}(?:{KIND}|ways|forms|means|kinds|things)",
        "its kind follows it: X or other …",
    ),
    (
        "this_is",
        "sentence",
        r"(?:that’s|that's|this is|that is|it’s|it's|which is|looks like|think of it as)"
        r" (?:really |basically |essentially )?(?:what |how |why |the (?:idea|essence|point|power|spirit|concept|"
        rf"definition|goal|premise|meaning) (?:of|behind) )(?:an? |the )?{Q}TERM",
        "this is what X is about",
    ),
    (
        "is_bare",
        "sentence",
        rf"{_START}{T}{_JOINED} (?:is|means) (?:\w+ly )?(?:[a-z-]+ )?[a-z]+(?:ion|ment|ity|ness|ing|cy|ism|ance|ence|"
        r"work|design|data|software)s? (?:with|for|of|that|through|by|without|in|which|where|to)\b",
        "says what it is: X is … of",
    ),
    (
        "in_it",
        "sentence",
        rf"^(?:in|with|through|by using|using|under) (?:an? |the )?{Q}TERM{Q}, (?:the |an? |you|users?|people|"
        r"agencies|teams?|citizens?|developers?|organi[sz]ations?|instead|\w+s )",
        "says what is done in it",
    ),
    (
        "does",
        "sentence",
        rf"{_START}{T} (?:\w+ly )?(?!is\b|has\b|was\b|does\b|this\b|as\b|us\b|its\b|\w+ness\b)[a-z]+[^s ]s (?:an?|the|to|it|"
        r"people|users|us|you|\w+ing|\w+s)\b",
        "says in general what it does",
    ),
    (
        "which_means",
        "sentence",
        rf"TERM(?:s|es)?{Q}{_BRACKET},? (?:part,? )?(?:which (?:\w+ )?means|meaning that|that means|that is to say|"
        r"that is,|i\.e\.|in other words|or more)",
        "glossed: which means, that is",
    ),
    (
        "called_this",
        "sentence",
        rf"(?:\bthis\b|\bit(?! wasn)\b|it’s|it's|—|\bis|\bthat\b|\bwhat\b)[^.]{{0,60}}(?:called?|known as|termed|refer to as) "
        rf"(?:an? |the )?{Q}TERM{Q}{_BRACKET}(?:[.,]|\s?—|\s?”|$| movement)",
        "what was just described is given the name",
    ),
    (
        "after_it",
        "all",
        rf"(?:^|\n){Q}(?:[\w’'-]+ ){{0,4}}TERM[^\n]*\n(?:it|this|they|these)(?:’s|'s| is| are) {_ADVERB}"
        rf"{_PRAISE}(?!not\b)(?:an? |the )?(?:[\w’',-]+ ){{0,6}}?(?:{KIND}|{_RELATIVE})\b|"
        r"(?:^|\n)(?:[\w’'-]+ ){0,4}TERM[^\n]*\n(?:it|this|they|these) (?:\w+ly )?"
        r"(?:means|contains|eliminates|involves|relates|consists|allows|enables|refers|lets|helps \w+ to)\b",
        "the next sentence goes on: it is …",
    ),
    (
        "after_named",
        "all",
        rf"TERM{Q}{_BRACKET}[.!?:]?{Q}\n(?:it|this|they|these|that)(?:’s|'s| is| are| means| refers| \w+s )",
        "the sentence ends with it, and the next goes on: it …",
    ),
    (
        "after_term",
        "after",
        rf"{_FORMAL}|{_KIND_OF}|{_THAT}|(?:^|[.?!] ){T}{_JOINED} (?:\w+ly )?{_VERBS}|"
        rf"by contrast, {T}|^in TERM(?:s|ing)?, |^with {T}, ",
        "the next sentence says it of the term",
    ),
    (
        "before_term",
        "before",
        rf"{_FORMAL}|{_KIND_OF}|{_THAT}",
        "the sentence before says it of the term",
    ),
    (
        "asked",
        "all",
        rf"\bwhat (?:is|are|’s|do we mean by) {T}[^\n]{{0,20}}\?|\bdefin(?:e|ing) {T}|difference between",
        "it is asked what it is",
    ),
    (
        "headed",
        "heading",
        rf"\b(?:what|why|how)\b[^\n]*TERM|^(?:about |introducing |introduction to |definition of |"
        rf"understanding )?{T}(?: basics| defined| explained|:)?$",
        "it stands under a heading that names it",
    ),
    (
        "purpose",
        "sentence",
        rf"(?:goals?|purpose|aim|tenets?|point|heart|essence|principles?|idea|concept|premise) (?:of|behind) "
        rf"(?:[\w-]+ ){{0,2}}?{Q}TERM[^.]*? (?:is|was|are) |TERM[”\"]?(?: \w+)? as a way (?:to|of)",
        "says its purpose or principle",
    ),
    (
        "entry",
        "sentence",
        rf"^{Q}TERM(?:s|es)?{Q}(?: \([^)]*\))[.:]?\s*$|^(?:[•*-] ?|\d+[.)] ?)?{Q}TERM(?:s|es)?{Q}{_BRACKET} ?[:—–] ?"
        r"(?:an? |any |\w+(?:ing|tion|ment|ity) |used |when |how )",
        "it is an entry of a list of terms",
    ),
    (
        "to_me",
        "sentence",
        r"(?:to me|for me|in my view|i call|we call)[^.]{0,30}TERM|TERM[^.]{0,40} to me\b",
        "says what it means to the speaker",
    ),
)
