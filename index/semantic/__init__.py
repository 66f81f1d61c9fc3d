"""Meaning: texts of both languages as vectors in one space, with the extra ``duizhao[semantic]``.

In: titles, leads and questions. Out: unit vectors, of which two are near where the texts mean the
same, whatever their languages (``encoder``). Without the extra everything else works, and what
needs a vector raises ``NoExtra``, which says what to install. To use another model, write another
``encode`` and give it another ``MODEL``: vectors of two models are never compared.
"""
