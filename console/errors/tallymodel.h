#pragma once

#include "console/errors/tally.h"
#include "console/model/keyedtablemodel.h"

namespace dialogue::console {

/** One kind, and how often it was. */
struct TallyRow
{
    QString id; ///< Of the kind, as it is to be read.
    qint64 all = 0; ///< In the last quarter of an hour.
    qint64 lastMinute = 0;
    QList<qint64> counts = {}; ///< By pieces of it, the newest last.

    friend bool operator==(const TallyRow &, const TallyRow &) = default;
};

/** A Tally as a table. */
class TallyModel : public KeyedTableModel<TallyRow>
{
public:
    enum Column { Kind, LastMinute, All, Trend, ColumnCount };

    /** \a kind: what stands above the kinds. */
    explicit TallyModel(const QString &kind, QObject *parent = nullptr);

    void show(const Tally &tally);
};

} // namespace dialogue::console
