#pragma once

#include "console/lists/rowreader.h"

namespace dialogue::console {

/** The audit log, as far as it was asked for. */
class AuditModel : public KeyedTableModel<AuditRow>
{
public:
    enum Column { Number, Time, Account, Address, Action, About, Reason, Outcome, ColumnCount };

    explicit AuditModel(QObject *parent = nullptr);
};

} // namespace dialogue::console
