#include "core/filter/filterfield.h"

namespace dialogue {

using namespace Qt::StringLiterals;

const QStringList &filterFieldNames()
{
    static const QStringList names{u"room"_s,   u"event"_s, u"from"_s, u"key"_s,  u"node"_s,
                                   u"offset"_s, u"size"_s,  u"time"_s, u"data"_s, u"meta"_s};
    return names;
}

std::optional<FilterField> filterFieldCalled(QStringView name)
{
    const qsizetype index = filterFieldNames().indexOf(name);
    if (index < 0)
        return std::nullopt;
    return FilterField(index);
}

} // namespace dialogue
