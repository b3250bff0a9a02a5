import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from portal.ledger import write_once


class Migration(migrations.Migration):

    dependencies = [
        ('portal', '0005_charts_in_pages'),
        ('programmes', '0016_hub_taken_down_and_network_mail'),
        ('talent', '0018_sponsors_and_outcomes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Award',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_index=True)),
                ('reason', models.TextField(blank=True)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=9)),
                ('decided_on', models.DateField()),
            ],
            options={
                'ordering': ['-decided_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='AwardAnnouncement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_index=True)),
                ('reason', models.TextField(blank=True)),
                ('employer', models.CharField(max_length=200, verbose_name='where they work')),
                ('citation', models.TextField()),
            ],
            options={
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='CohortEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_index=True)),
                ('reason', models.TextField(blank=True)),
                ('kind', models.CharField(choices=[('begun', 'Cohort made'), ('changed', 'Cohort changed'), ('joined', 'Somebody joined'), ('helped', 'Sponsor or mentor named'), ('taken_out', 'Somebody taken out who never took part')], max_length=12)),
                ('facts', models.JSONField(default=dict)),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Confirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_index=True)),
                ('reason', models.TextField(blank=True)),
                ('given', models.BooleanField()),
                ('text', models.CharField(max_length=64)),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PartnerInvitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('email', models.EmailField(max_length=254)),
                ('lead_craft', models.CharField(choices=[('clinician', 'Clinician'), ('manager', 'Manager')], max_length=10)),
                ('invited_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('waiting', 'Waiting for an answer'), ('joined', 'Joined'), ('declined', 'Declined'), ('taken_back', 'Taken back'), ('parted', 'Left again')], default='waiting', max_length=10)),
                ('state_since', models.DateTimeField()),
            ],
            options={
                'ordering': ['-invited_at', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='application',
            name='partner',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='partner_applications', to='talent.person'),
        ),
        migrations.AlterField(
            model_name='application',
            name='state',
            field=models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Submitted'), ('sift', 'In sift'), ('review', 'In review'), ('longlisted', 'Longlisted'), ('shortlisted', 'Shortlisted'), ('interview', 'Interview'), ('appointable', 'Found appointable'), ('not_appointable', 'Not found appointable'), ('reserve', 'On the reserve list'), ('advised', 'Put to the foundation trust'), ('recommended', 'Recommended to committee'), ('approved', 'Approved by committee'), ('offered', 'Offered'), ('accepted', 'Offer accepted'), ('declined', 'Offer declined'), ('unsuccessful', 'Unsuccessful'), ('withdrawn', 'Withdrawn'), ('placed', 'Placed'), ('appointed', 'Appointed'), ('completed', 'Completed'), ('awarded', 'Awarded'), ('lapsed', 'Lapsed')], default='draft', max_length=20),
        ),
        migrations.AlterField(
            model_name='applicationevent',
            name='from_state',
            field=models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Submitted'), ('sift', 'In sift'), ('review', 'In review'), ('longlisted', 'Longlisted'), ('shortlisted', 'Shortlisted'), ('interview', 'Interview'), ('appointable', 'Found appointable'), ('not_appointable', 'Not found appointable'), ('reserve', 'On the reserve list'), ('advised', 'Put to the foundation trust'), ('recommended', 'Recommended to committee'), ('approved', 'Approved by committee'), ('offered', 'Offered'), ('accepted', 'Offer accepted'), ('declined', 'Offer declined'), ('unsuccessful', 'Unsuccessful'), ('withdrawn', 'Withdrawn'), ('placed', 'Placed'), ('appointed', 'Appointed'), ('completed', 'Completed'), ('awarded', 'Awarded'), ('lapsed', 'Lapsed')], max_length=20),
        ),
        migrations.AlterField(
            model_name='applicationevent',
            name='to_state',
            field=models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Submitted'), ('sift', 'In sift'), ('review', 'In review'), ('longlisted', 'Longlisted'), ('shortlisted', 'Shortlisted'), ('interview', 'Interview'), ('appointable', 'Found appointable'), ('not_appointable', 'Not found appointable'), ('reserve', 'On the reserve list'), ('advised', 'Put to the foundation trust'), ('recommended', 'Recommended to committee'), ('approved', 'Approved by committee'), ('offered', 'Offered'), ('accepted', 'Offer accepted'), ('declined', 'Offer declined'), ('unsuccessful', 'Unsuccessful'), ('withdrawn', 'Withdrawn'), ('placed', 'Placed'), ('appointed', 'Appointed'), ('completed', 'Completed'), ('awarded', 'Awarded'), ('lapsed', 'Lapsed')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(('partner', None), models.Q(('partner', models.F('person')), _negated=True), _connector='OR'), name='application_of_two_people'),
        ),
        migrations.AddField(
            model_name='award',
            name='application',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='award', to='talent.application'),
        ),
        migrations.AddField(
            model_name='award',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='award',
            name='prize',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='awards', to='programmes.prize'),
        ),
        migrations.AddField(
            model_name='awardannouncement',
            name='award',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='announcements', to='talent.award'),
        ),
        migrations.AddField(
            model_name='awardannouncement',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='cohortevent',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='cohortevent',
            name='cohort',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='programmes.cohort'),
        ),
        migrations.AddField(
            model_name='cohortevent',
            name='person',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='talent.person'),
        ),
        migrations.AddField(
            model_name='confirmation',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='confirmations', to='talent.application'),
        ),
        migrations.AddField(
            model_name='confirmation',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='partnerinvitation',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='talent.application'),
        ),
        migrations.AddConstraint(
            model_name='partnerinvitation',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['waiting', 'joined'])), fields=('application',), name='invitation_one_standing'),
        ),
        write_once("talent_confirmation"),
        write_once("talent_award"),
        write_once("talent_awardannouncement"),
        write_once("talent_cohortevent"),
    ]
