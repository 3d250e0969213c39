-- Mails to those who left a cart behind, with a control group that gets none, so that their effect can be read.
alter table store.customers add column accepts_mail boolean not null default false;
comment on column store.customers.accepts_mail is 'The shopper agreed to mails that are not about an order; false until they say so';

create table store.mailings (
    mailing_id bigint generated always as identity primary key,
    control_rate numeric(4, 3) not null check (control_rate between 0 and 0.5),
    window_days integer not null check (window_days between 1 and 90),
    actor text not null default '' check (length(actor) <= 200),
    without_address_count integer not null check (without_address_count >= 0),
    without_consent_count integer not null check (without_consent_count >= 0),
    inactive_count integer not null check (inactive_count >= 0),
    created_at timestamptz not null default clock_timestamp()
);
comment on table store.mailings is 'One mailing to carts left behind: share without a mail, days in which an order counts, and whom it left out';

create table store.mailing_carts (
    cart_id bigint primary key references store.carts on delete cascade,
    mailing_id bigint not null references store.mailings on delete cascade,
    is_control boolean not null,
    mail_id bigint references store.mails on delete set null,
    subtotal_minor bigint not null check (subtotal_minor >= 0),
    check (not is_control or mail_id is null)
);
comment on table store.mailing_carts is 'One cart of a mailing, once for ever: with a mail, or as control without one; subtotal_minor is its value then';
create index mailing_carts_mailing on store.mailing_carts (mailing_id);
create index mailing_carts_mail on store.mailing_carts (mail_id) where mail_id is not null;
comment on index store.mailing_carts_mailing is 'carts of a mailing';
comment on index store.mailing_carts_mail is 'foreign key';
create index mails_recipient on store.mails (recipient, mail_id);
comment on index store.mails_recipient is 'mails to a customer, newest first';
