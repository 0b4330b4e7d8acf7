#pragma once

#include "core/base/error.h"

#include <QMap>
#include <QStringList>

namespace dialogue::console {

/** What is wrong with the data, at the place and below it. */
struct FaultTree
{
    QStringList messages = {};
    QMap<QString, FaultTree> below = {}; ///< By the name of a member or the index of an item.

    [[nodiscard]] static FaultTree of(const QList<SchemaFault> &faults);
    /** All of them, with where it is: "items/0/price: must be ...". */
    [[nodiscard]] QStringList all() const;
    [[nodiscard]] bool isEmpty() const { return messages.isEmpty() && below.isEmpty(); }
};

} // namespace dialogue::console
