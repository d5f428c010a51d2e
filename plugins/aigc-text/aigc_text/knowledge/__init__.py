"""Knowledge: a folder of documents, read, cut into passages, indexed on disk, searched, and quoted from.

``documents`` and ``readers`` turn files into text with headings, ``chunks`` cuts it into passages, ``index`` holds them in
arrays that ``store`` keeps on disk and ``update`` brings up to date, ``search`` ranks them by words and by meaning, ``extract``
picks the sentences that answer, and ``prompt`` shows passages to a language model as data. See ``docs/knowledge.md``.
"""
