#pragma once

#include "console/events/colourrules.h"
#include "console/model/eventmodel.h"

#include <QCache>
#include <QMap>

#include <optional>

namespace dialogue::console {

/** How a row of the table of events looks besides what stands in it: its colours, and marks with a comment
 * that somebody has put there. */
class RowLook : public QObject
{
    Q_OBJECT
public:
    static constexpr qsizetype MostMarks = 10'000;

    explicit RowLook(const EventModel &model, QObject *parent = nullptr);

    void setRules(const ColourRules &rules);
    [[nodiscard]] const ColourRules &rules() const { return m_rules; }
    /** That is looked for once, as a filter may take its time. */
    [[nodiscard]] std::optional<ColourRule> ruleFor(quint64 seq) const;

    /** False: there are too many. */
    bool mark(quint64 seq, const QString &comment);
    void unmark(quint64 seq);
    [[nodiscard]] bool isMarked(quint64 seq) const { return m_marks.contains(seq); }
    [[nodiscard]] QString comment(quint64 seq) const { return m_marks.value(seq); }
    /** Of those that are marked; behind the last the first. */
    [[nodiscard]] std::optional<quint64> nextMark(quint64 seq) const;
    [[nodiscard]] std::optional<quint64> previousMark(quint64 seq) const;

Q_SIGNALS:
    void changed();

private:
    void forget();

    const EventModel &m_model;
    ColourRules m_rules;
    mutable QCache<quint64, int> m_known; ///< By seq the place of the rule; -1: none.
    QMap<quint64, QString> m_marks;
};

} // namespace dialogue::console
