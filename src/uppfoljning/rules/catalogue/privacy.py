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
        "behöver hämta den nya.",
        "text: Talade med 18850704-9990 vid torget",
        "text: Talade med en ungdom vid torget",
    ),
)
