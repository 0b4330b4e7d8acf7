#pragma once

#include "console/lists/rowreader.h"

namespace dialogue::console {

/** Bans and mutes, as far as they were asked for. */
class SanctionModel : public KeyedTableModel<SanctionRow>
{
public:
    enum Column { User, Kind, Room, Until, By, Since, Reason, ColumnCount };

    explicit SanctionModel(QObject *parent = nullptr);
};

} // namespace dialogue::console
