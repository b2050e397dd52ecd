"""T and Q: figures that do not add up, and reports that may be of the same occasion."""

from __future__ import annotations

from uppfoljning.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "T501",
        "fel",
        "fördelningen blir inte målet",
        "Fördelningen är samma löfte utspritt över tiden. Blir summan en annan går det inte att veta vilket tal som är lovat.",
        "mål: {minst: 24, fördelning: {tertial: [8, 6, 8]}}",
        "mål: {minst: 24, fördelning: {tertial: [8, 6, 10]}}",
        "åtagande",
    ),
    Rule(
        "T502",
        "fel",
        "delen är större än helheten",
        "Blanketten säger att den ena siffran ingår i den andra. Då kan den högst vara lika stor.",
        "uppgifter:\n  samtal: 23\n  besök: 4\n  besök_ute: 5",
        "uppgifter:\n  samtal: 23\n  besök: 5\n  besök_ute: 4",
    ),
    Rule(
        "T503",
        "fel",
        "perioden är redan redovisad",
        "Två totaler för samma tid, part och plats kan inte båda stämma. Den som lämnades in först räknas tills det är rättat.",
        "åtagande;period;antal;inlämnad\nnattvandring;2026-03;8;2026-04-02\nnattvandring;2026-03;9;2026-04-05\n",
        "åtagande;period;antal;inlämnad\nnattvandring;2026-03;8;2026-04-02\nnattvandring;2026-04;9;2026-05-05\n",
        "csv",
    ),
    Rule(
        "T504",
        "fel",
        "perioderna överlappar",
        "Det som hände under dagarna som finns i båda totalerna skulle räknas två gånger. Perioder som börjar samma "
        "dag läses som en löpande total.",
        "åtagande;period;antal;inlämnad\nnattvandring;2026-T1;30;2026-05-02\nnattvandring;2026-K2;22;2026-07-02\n",
        "åtagande;period;antal;inlämnad\nnattvandring;2026-K1;24;2026-04-02\nnattvandring;2026-K2;22;2026-07-02\n",
        "csv",
    ),
    Rule(
        "T505",
        "fel",
        "den löpande totalen faller",
        "Totaler som börjar samma dag är löpande: den senaste gäller och kan inte vara lägre än den förra.",
        "åtagande;period;antal;inlämnad\nnattvandring;2026-K1;24;2026-04-02\nnattvandring;2026-H1;20;2026-07-02\n",
        "åtagande;period;antal;inlämnad\nnattvandring;2026-K1;24;2026-04-02\nnattvandring;2026-H1;46;2026-07-02\n",
        "csv",
    ),
    Rule(
        "T506",
        "fel",
        "fler rapporterade tillfällen än totalen",
        "Enstaka tillfällen inom en total är en del av den. Är de fler än totalen är antingen den eller någon av "
        "rapporterna fel.",
        "åtagande;datum;period;antal;start;uppgifter.samtal\n"
        "nattvandring;;2026-03;1;;\n"
        "nattvandring;2026-03-06;;;21:00;23\n"
        "nattvandring;2026-03-13;;;21:00;12\n",
        "åtagande;datum;period;antal;start;uppgifter.samtal\n"
        "nattvandring;;2026-03;2;;\n"
        "nattvandring;2026-03-06;;;21:00;23\n"
        "nattvandring;2026-03-13;;;21:00;12\n",
        "csv",
    ),
    Rule(
        "Q601",
        "varning",
        "troligen samma tillfälle två gånger",
        "Två rapporter från samma dag som inte skiljer sig åt är oftast en dubblett. Båda räknas tills du har sagt hur det är.",
        "åtagande;datum;uppgifter.samtal\nnattvandring;2026-03-06;23\nnattvandring;2026-03-06;23\n",
        "åtagande;datum;start;uppgifter.samtal\nnattvandring;2026-03-06;19:00;23\nnattvandring;2026-03-06;22:00;23\n",
        "csv",
    ),
    Rule(
        "Q602",
        "varning",
        "samma tillfälle med olika siffror",
        "Två parter har rapporterat samma tillfälle, och det räknas en gång. Säger de olika behöver någon avgöra vad "
        "som stämmer.",
        "åtagande;datum;start;plats;parter;uppgifter.samtal\n"
        "nattvandring;2026-03-06;21:00;centrum;nattvandrarna;23\n"
        "nattvandring;2026-03-06;21:00;centrum;kommunen;32\n",
        "åtagande;datum;start;plats;parter;uppgifter.samtal\n"
        "nattvandring;2026-03-06;21:00;centrum;nattvandrarna;23\n"
        "nattvandring;2026-03-06;21:00;centrum;kommunen;23\n",
        "csv",
    ),
    Rule(
        "T507",
        "fel",
        "månaden finns redan för området",
        "En utfallsserie har en rad för varje område och månad. Med två går det inte att veta vilken som stämmer.",
        "två rader för centrum;2026-03 i reports/indikatorer/misshandel.csv",
        "en rad för varje område och månad",
        "projekt",
    ),
    Rule(
        "T508",
        "varning",
        "andelen blir över 100 %",
        "Målet är en andel, och här är delen större än helheten. Siffran räknas tills du har rättat den.",
        "täljaren nådda: 12 med nämnaren kontaktade: 10",
        "täljaren nådda: 10 med nämnaren kontaktade: 12",
        "projekt",
    ),
    Rule(
        "T509",
        "notis",
        "två summor för samma tid läggs ihop",
        "Summor från olika parter, eller för en plats och för alla, läggs ihop. Gäller de samma tillfällen räknas de dubbelt.",
        "åtagande;period;parter;antal\nnattvandring;2026-03;nattvandrarna;8\nnattvandring;2026-03;kommunen;8\n",
        "åtagande;period;parter;antal\nnattvandring;2026-03;nattvandrarna, kommunen;8\n",
        "csv",
    ),
    Rule(
        "Q603",
        "varning",
        "samma tillfälle är både genomfört och inställt",
        "Samma dag, plats och tid kan inte både bli av och ställas in. Det genomförda räknas tills du har sagt hur det är.",
        "åtagande;datum;start;plats;parter;läge;avvikelser.vad;avvikelser.skäl;uppgifter.samtal\n"
        "nattvandring;2026-03-06;21:00;centrum;nattvandrarna;;;;23\n"
        "nattvandring;2026-03-06;21:00;centrum;kommunen;inställd;Snö;väder;\n",
        "åtagande;datum;start;plats;parter;uppgifter.samtal\n"
        "nattvandring;2026-03-06;21:00;centrum;nattvandrarna;23\n"
        "nattvandring;2026-03-06;21:00;centrum;kommunen;23\n",
        "csv",
    ),
)
