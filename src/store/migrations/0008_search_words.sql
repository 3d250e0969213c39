-- The words by which articles are found, so that a word typed wrong is set right before the search and not compared with every article.
create table store.search_words (
    word text collate "C" primary key check (length(word) between 3 and 40),
    lexeme text not null
);
comment on table store.search_words is 'One word of a name, brand, type or colour that an article has or had, with its stem; kept by note_search_words';
create index search_words_trigrams on store.search_words using gin (word gin_trgm_ops);
create index search_words_lexeme on store.search_words (lexeme);
comment on index store.search_words_trigrams is 'words most like one typed with several errors';
comment on index store.search_words_lexeme is 'whether a typed word is one that articles have';

create table store.search_word_forms (
    form text collate "C" not null,
    word text collate "C" not null references store.search_words on delete cascade,
    primary key (form, word)
);
comment on table store.search_word_forms is 'One word as it is, or with one letter left out; two words that share a form are one typing error apart, or two that meet';
create index search_word_forms_word on store.search_word_forms (word);
comment on index store.search_word_forms_word is 'forms of a word that goes';

drop index store.articles_name_trigrams;
