extension SheetWords {
    static let english = SheetWords(
        language: "English", entry: ["Project", "Team", "Startup", "Entry", "Candidate", "Team name"],
        judge: ["Judge", "Reviewer", "Juror", "Judge name"],
        score: ["Score", "Points", "Rating"], criterion: ["Criterion", "Aspect"], serial: ["No.", "#", "S/N"],
        booth: ["Booth", "Booth no.", "Table"],
        category: ["Category", "City", "Track"], date: "Date", time: "Time", remark: ["Remarks", "Comments", "Notes"],
        total: ["Total", "Total score", "Sum"], average: ["Average", "Mean", "Avg."], rank: ["Rank", "Place", "Ranking"],
        subtotal: "Subtotal",
        maximum: ["Maximum", "Highest"], summary: ["Summary", "Totals", "Results"], judges: ["Judges", "Scores by judge", "Jury"],
        seat: ["Judge", "Juror", "Reviewer"], team: "Team",
        criteria: ["Innovation", "Feasibility", "Presentation", "Market", "Design", "Impact", "Team strength", "Technical quality"],
        entries: [
            "Solar Kiosk", "GreenLoop", "AquaSense", "Night Owl", "Paper Bridge", "MediTrack", "Urban Bees", "BrightPath", "Seed & Soil",
            "FoldIt",
            "Harbor Light", "Second Wind", "QuietDrive", "Atlas Robotics", "Open Pantry",
        ],
        people: ["Corey", "Sana Malik", "J. Whitfield", "Dr. Okafor", "Maria Lopez", "Tom Hanley", "Priya", "Ellen Cho", "Ben Adler"],
        categories: ["Health", "Energy", "Education"],
        sessions: [
            ["Morning session", "Afternoon session", "Evening session"], ["Group A", "Group B", "Group C"], ["Heat 1", "Heat 2", "Heat 3"],
        ],
        titles: [
            "Spring Innovation Award 2024", "Score sheet of the final", "Regional finals – jury scores",
            "Held on 12 May 2024 in the main hall",
        ],
        notes: ["Note: scores were given independently.", "* Late arrival, scored after the break.", "Prepared by the organising office."],
        signatures: ["Signature of the chair: ____________", "Signed:", "Head judge (signature)"], absent: ["absent", "n/a"],
        remarks: ["strong pitch", "late", "clear demo", "needs more data"], colon: ": ", most: [" (#)", " (max. #)", " (# points)"],
        questions: ("Your name (judge)", "Which project are you scoring?", "Overall score", "Please rate the project"), day: "y-m-d")

    static let german = SheetWords(
        language: "German", entry: ["Projekt", "Team", "Teilnehmer", "Kandidat", "Teamname"],
        judge: ["Juror", "Jurymitglied", "Gutachter"],
        score: ["Punkte", "Bewertung", "Punktzahl"], criterion: ["Kriterium"], serial: ["Nr.", "Lfd. Nr."], booth: ["Stand", "Stand-Nr."],
        category: ["Kategorie", "Ort"], date: "Datum", time: "Uhrzeit", remark: ["Bemerkungen", "Kommentar", "Anmerkungen"],
        total: ["Summe", "Gesamt", "Gesamtpunktzahl"], average: ["Durchschnitt", "Mittelwert"], rank: ["Rang", "Platz"],
        subtotal: "Zwischensumme",
        maximum: ["Maximum", "Höchstwert"], summary: ["Zusammenfassung", "Übersicht", "Gesamtergebnis"],
        judges: ["Jury", "Juroren", "Wertungen der Jury"],
        seat: ["Juror", "Jurymitglied"], team: "Gruppe",
        criteria: ["Innovation", "Umsetzbarkeit", "Präsentation", "Marktpotenzial", "Gestaltung", "Nachhaltigkeit", "Wirkung"],
        entries: [
            "Windfänger", "Grüne Welle", "Stadtgarten", "Lichtblick", "Brückenbauer", "Wasserwerk", "Mondfahrt", "Kleine Gärtnerei",
            "Zeitsprung", "Rückenwind",
            "Echolot", "Hafenlicht", "Nordstern", "Werkraum", "Papierflieger",
        ],
        people: [
            "Müller", "Frau Schneider", "Dr. Weber", "Jonas Krüger", "Anke Vogt", "H. Lehmann", "Prof. Brandt", "Sabine Roth",
            "Timo Franke",
        ],
        categories: ["Gesundheit", "Energie", "Bildung"],
        sessions: [["Vormittag", "Nachmittag", "Abend"], ["Block A", "Block B", "Block C"], ["Runde 1", "Runde 2", "Runde 3"]],
        titles: ["Gründerpreis 2024", "Bewertungsbogen Finale", "Jurywertung der Endrunde", "Aula, den 12. Mai 2024"],
        notes: ["Hinweis: Jeder Juror wertet unabhängig.", "* nachträglich gewertet", "Erstellt vom Organisationsbüro."],
        signatures: ["Unterschrift: ____________", "Unterschrift der Juryvorsitzenden"], absent: ["abwesend", "n. a."],
        remarks: ["überzeugend", "zu spät", "klare Vorführung"], colon: ": ", most: [" (#)", " (max. #)", " (# Punkte)"],
        questions: ("Ihr Name (Jurymitglied)", "Welches Projekt bewerten Sie?", "Gesamtbewertung", "Bitte bewerten Sie das Projekt"),
        day: "d.m.y", hasDecimalComma: true)

    static let french = SheetWords(
        language: "French", entry: ["Projet", "Équipe", "Candidat", "Nom du projet"],
        judge: ["Juge", "Juré", "Évaluateur", "Membre du jury"],
        score: ["Note", "Points", "Score"], criterion: ["Critère"], serial: ["N°", "No"], booth: ["Stand", "N° de stand"],
        category: ["Catégorie", "Ville"],
        date: "Date", time: "Heure", remark: ["Remarques", "Commentaires", "Observations"], total: ["Total", "Somme", "Total général"],
        average: ["Moyenne"], rank: ["Rang", "Classement", "Place"], subtotal: "Sous-total", maximum: ["Maximum"],
        summary: ["Récapitulatif", "Synthèse", "Résultats"], judges: ["Jury", "Juges", "Notes du jury"], seat: ["Juge", "Juré"],
        team: "Équipe",
        criteria: ["Innovation", "Faisabilité", "Présentation", "Marché", "Conception", "Impact social", "Originalité"],
        entries: [
            "Vent Debout", "La Ruche", "Clair de Lune", "Petit Pont", "Terre Neuve", "Bleu Marin", "L'Atelier", "Grand Large", "Éclaircie",
            "Second Souffle",
            "Fil Rouge", "Pas à Pas", "Jardin Suspendu", "Point du Jour", "Mille Feuilles",
        ],
        people: [
            "Mme Dubois", "M. Lefèvre", "Claire Moreau", "Dr Girard", "Hélène Petit", "Luc Fontaine", "A. Rousseau", "Nadia Benali",
            "Paul Mercier",
        ],
        categories: ["Santé", "Énergie", "Éducation"],
        sessions: [["Matin", "Après-midi", "Soir"], ["Groupe A", "Groupe B", "Groupe C"], ["Session 1", "Session 2", "Session 3"]],
        titles: ["Prix de l'innovation 2024", "Feuille de notation – finale", "Notes du jury", "Grand amphithéâtre, le 12 mai 2024"],
        notes: ["Remarque : les notes sont indépendantes.", "* note donnée après la pause", "Document préparé par le secrétariat."],
        signatures: ["Signature du président : ____________", "Signature"], absent: ["absent", "n.d."],
        remarks: ["très clair", "en retard", "belle démonstration"],
        colon: " : ", most: [" (#)", " (/#)", " (# points)"],
        questions: ("Votre nom (membre du jury)", "Quel projet évaluez-vous ?", "Note globale", "Merci de noter le projet"),
        day: "d/m/y", hasDecimalComma: true)

    static let spanish = SheetWords(
        language: "Spanish", entry: ["Proyecto", "Equipo", "Candidato", "Participante"], judge: ["Juez", "Jurado", "Evaluador"],
        score: ["Puntuación", "Puntos", "Calificación"], criterion: ["Criterio"], serial: ["N.º", "Nº"], booth: ["N.º de stand", "Stand"],
        category: ["Categoría", "Ciudad"], date: "Fecha", time: "Hora", remark: ["Observaciones", "Comentarios"],
        total: ["Total", "Suma", "Puntaje total"],
        average: ["Promedio", "Media"], rank: ["Posición", "Puesto final", "Lugar"], subtotal: "Subtotal", maximum: ["Máximo"],
        summary: ["Resumen", "Resultados"], judges: ["Jurado", "Jueces"], seat: ["Juez", "Jurado"], team: "Equipo",
        criteria: ["Innovación", "Viabilidad", "Presentación", "Mercado", "Diseño", "Impacto social", "Creatividad"],
        entries: [
            "Mar Abierto", "Luz Verde", "La Colmena", "Puente Nuevo", "Agua Clara", "Tierra Viva", "El Taller", "Cielo Limpio", "Semilla",
            "Nueva Ruta",
            "Buen Camino", "Faro del Sur", "Cometa", "Alma Urbana", "Segundo Aire",
        ],
        people: [
            "García", "Lucía Fernández", "Dr. Ortega", "Pablo Ruiz", "Carmen Vidal", "Sr. Navarro", "Inés Molina", "J. Castro", "Raúl Peña",
        ],
        categories: ["Salud", "Energía", "Educación"],
        sessions: [["Mañana", "Tarde", "Noche"], ["Grupo A", "Grupo B", "Grupo C"], ["Sesión 1", "Sesión 2", "Sesión 3"]],
        titles: [
            "Premio a la innovación 2024", "Hoja de puntuación de la final", "Notas del jurado", "Salón principal, 12 de mayo de 2024",
        ],
        notes: ["Nota: cada juez puntúa por separado.", "* evaluado después del descanso", "Elaborado por la organización."],
        signatures: ["Firma del presidente: ____________", "Firma"], absent: ["ausente", "n/d"],
        remarks: ["muy claro", "tarde", "buena demostración"],
        colon: ": ", most: [" (#)", " (máx. #)", " (# puntos)"],
        questions: ("Su nombre (juez)", "¿Qué proyecto evalúa?", "Puntuación global", "Por favor, puntúe el proyecto"),
        day: "d/m/y", hasDecimalComma: true)
}
