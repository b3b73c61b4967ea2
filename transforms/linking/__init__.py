"""Who is meant across articles: observed names become entities, by rules that see counts and never a text.

``frames`` has the shapes, ``rules`` the names of the rules, ``blocking`` says which names are compared, ``choice`` what
each name stands for, ``context`` the same within one article, ``decisions`` which entities follow;
``verdicts`` lays over the links what people decided, ``groups`` is how that is gathered.
"""
