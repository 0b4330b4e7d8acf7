#include "console/form/faulttree.h"

#include "console/model/jsonvalue.h"
#include "core/base/foreigntext.h"

namespace dialogue::console {

using namespace Qt::StringLiterals;

FaultTree FaultTree::of(const QList<SchemaFault> &faults)
{
    FaultTree root;
    for (const SchemaFault &fault : faults) {
        FaultTree *at = &root;
        const QStringList parts = partsOfPointer(fault.pointer).value_or(QStringList());
        for (const QString &part : parts)
            at = &at->below[part];
        at->messages.append(printable(fault.message));
    }
    return root;
}

QStringList FaultTree::all() const
{
    QStringList all = messages;
    for (auto it = below.begin(); it != below.end(); ++it) {
        const QStringList further = it->all();
        for (const QString &each : further) {
            const bool isAtPlace = it->messages.contains(each);
            all.append(printable(it.key()) + (isAtPlace ? u": "_s : u"/"_s) + each);
        }
    }
    return all;
}

} // namespace dialogue::console
