"""What a profile can say of a career, as choices: sectors, roles sought, background, how far somebody travels."""

from django.db import models


class Sector(models.TextChoices):
    """Where somebody has worked or led; the first five are the trusts' own."""

    ACUTE = "acute", "Acute hospitals"
    AMBULANCE = "ambulance", "Ambulance"
    COMMUNITY = "community", "Community health"
    MENTAL_HEALTH = "mental_health", "Mental health"
    SPECIALIST = "specialist", "Specialist hospitals"
    PRIMARY_CARE = "primary_care", "Primary care"
    COMMISSIONING = "commissioning", "Commissioning"
    LOCAL_GOVERNMENT = "local_government", "Local government"
    CENTRAL_GOVERNMENT = "central_government", "Central government and regulators"
    CHARITY = "charity", "Charities and community groups"
    HOUSING = "housing", "Housing"
    EDUCATION = "education", "Education and research"
    PRIVATE = "private", "Private sector"


class RoleSought(models.TextChoices):
    CHAIR = "chair", "Chair"
    NED = "ned", "Non-executive director"
    ASSOCIATE_NED = "associate_ned", "Associate non-executive director"
    CHIEF_EXECUTIVE = "chief_executive", "Chief executive"
    FINANCE_DIRECTOR = "finance_director", "Finance director"
    MEDICAL_DIRECTOR = "medical_director", "Medical director"
    NURSE_DIRECTOR = "nurse_director", "Nurse director"
    OPERATING_OFFICER = "operating_officer", "Chief operating officer"
    PEOPLE_DIRECTOR = "people_director", "Director of people"
    STRATEGY_DIRECTOR = "strategy_director", "Director of strategy"
    DIGITAL_DIRECTOR = "digital_director", "Chief information officer"
    INTERIM_EXECUTIVE = "interim_executive", "Interim executive"


class Background(models.TextChoices):
    """The profession somebody comes from."""

    MEDICINE = "medicine", "Medicine"
    NURSING = "nursing", "Nursing and midwifery"
    ALLIED_HEALTH = "allied_health", "Allied health and science"
    OPERATIONS = "operations", "Operational management"
    FINANCE = "finance", "Finance and audit"
    LAW = "law", "Law"
    PEOPLE = "people", "People and organisation"
    DIGITAL = "digital", "Technology and data"
    ESTATES = "estates", "Estates and housing"
    COMMERCIAL = "commercial", "Business and commerce"
    PUBLIC_SERVICE = "public_service", "Public service and policy"
    COMMUNITY = "community", "Charity and community"
    ACADEMIC = "academic", "Academic"


class Travel(models.IntegerChoices):
    """Minutes somebody would travel to a board, one way."""

    HALF_HOUR = 30, "Up to 30 minutes"
    HOUR = 60, "Up to 1 hour"
    HOUR_AND_HALF = 90, "Up to 1 hour 30 minutes"
    TWO_HOURS = 120, "Up to 2 hours"
    ANYWHERE = 999, "Any distance"
