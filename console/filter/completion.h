#pragma once

#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>
#include <QStringView>

namespace dialogue::console {

/** What there is to ask for. */
struct FilterVocabulary
{
    QStringList rooms = {};
    QStringList events = {};
    QStringList users = {};
    QStringList nodes = {};
    QHash<QString, QJsonObject> schemas = {}; ///< Of the data, by event.
};

/** What may stand at the cursor in place of what is there. */
struct FilterSuggestion
{
    enum class Kind { Field, Member, Operator, Value };

    Kind kind;
    QString text; ///< As it is put in.
    qsizetype from; ///< In place of what stands from here ...
    qsizetype to; ///< ... to here.
    QString detail = {}; ///< Of a member its types; of what has one its description.

    friend bool operator==(const FilterSuggestion &, const FilterSuggestion &) = default;
};

/**
 * What may come at \a cursor in \a text, which is a filter (docs/filter.md) that somebody is writing: those
 * that begin with what was begun there, capitals or not, a hundred at most. Where the text asks for certain
 * events the members are theirs. Nothing where it is wrong before.
 */
[[nodiscard]] QList<FilterSuggestion> completions(QStringView text, qsizetype cursor,
                                                  const FilterVocabulary &vocabulary);

} // namespace dialogue::console
