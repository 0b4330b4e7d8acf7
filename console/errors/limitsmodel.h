#pragma once

#include "console/model/keyedtablemodel.h"

namespace dialogue::console {

/** Who, or what, has used how much of a limit. */
struct LimitRow
{
    QString id; ///< Of the row.
    QString who = {}; ///< Printable.
    QString limit = {}; ///< Which, in words.
    double share = 0; ///< Of it; 1: all.
    QString used = {}; ///< In words: how much of how much.
    double roundTrip = -1; ///< ms, of a client; negative: nobody knows.
    QString clientId = {}; ///< Or
    QString roomId = {};

    friend bool operator==(const LimitRow &, const LimitRow &) = default;
};

/** Those that are near a limit. */
class LimitsModel : public KeyedTableModel<LimitRow>
{
public:
    enum Column { Who, Limit, Share, Used, RoundTrip, ColumnCount };

    explicit LimitsModel(QObject *parent = nullptr);
};

} // namespace dialogue::console
