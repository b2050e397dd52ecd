"""I: personal data."""

from __future__ import annotations

from uppfoljning.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "I101",
        "fel",
        "personnummer",
        "Filerna är allmänna handlingar, och git minns det som har tagits bort. Skriv plats, situation och funktion i "
        "stället för vem det gäller. "
        "Har numret redan checkats in räcker det inte att ändra filen: hör av dig till kommunens dataskyddsombud innan "
        "du gör något mer. "
        "Numret måste sedan tas bort ur historiken, till exempel med git filter-repo, och alla som har en kopia "
        "behöver hämta den nya; docs/personuppgifter.md säger hur.",
        "text: Talade med 18850704-9990 vid torget",
        "text: Talade med en ungdom vid torget",
    ),
    Rule(
        "I102",
        "varning",
        "e-postadress",
        "En adress hör oftast till en person, och den blir kvar i historiken. Skriv funktionen i stället. Ska en "
        "funktionsbrevlåda stå där slutar raden med ett undantag som säger varför.",
        "text: Skriv till namn.efternamn@exempelkoping.example",
        "text: Skriv till trygghet@exempelkoping.example  # undantag I102: funktionsbrevlåda",
    ),
    Rule(
        "I103",
        "varning",
        "telefonnummer",
        "Ett telefonnummer leder till en person, och det blir kvar i historiken. Skriv funktionen i stället. Ska en "
        "växels nummer stå där slutar raden med ett undantag som säger varför.",
        "text: En förälder nås på 070-174 06 05",
        "text: En förälder vill bli kontaktad",
    ),
    Rule(
        "I104",
        "varning",
        "bilnummer",
        "Av numret går det att få fram vem som äger fordonet. Skriv vad det var för slags fordon, och lämna numret till "
        "polisen på annat sätt.",
        "text: En bil med skylten MLB 84A stod på torget",
        "text: En vit skåpbil stod på torget",
    ),
    Rule(
        "I105",
        "varning",
        "nästan ett personnummer",
        "Det är ett datum med fyra siffror efter, men kontrollsiffran stämmer inte. Ett personnummer med ett skrivfel kan "
        "ändå peka ut någon.",
        "text: Talade med 850704-9991 vid torget",
        "text: Talade med en ungdom vid torget",
    ),
    Rule(
        "I106",
        "varning",
        "undantag som inte gäller",
        "Ett undantag säger vilken regel och varför, och står sist på raden som det gäller. Ett personnummer går inte att "
        "undanta. Ett undantag som blivit över skulle dölja nästa fynd.",
        "text: Skriv till trygghet@exempelkoping.example  # undantag I102",
        "text: Skriv till trygghet@exempelkoping.example  # undantag I102: funktionsbrevlåda",
    ),
)
