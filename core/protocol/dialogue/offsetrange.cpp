#include "core/protocol/dialogue/offsetrange.h"

#include "core/protocol/dialogue/keys_p.h"
#include "core/protocol/dialogue/reader_p.h"

namespace dialogue::protocol {

void OffsetRange::addTo(QJsonObject &json) const
{
    json.insert(keys::from, static_cast<qint64>(from));
    json.insert(keys::to, static_cast<qint64>(to));
}

void OffsetRange::write(json::ObjectWriter &out) const
{
    out.number(keys::from, static_cast<qint64>(from));
    out.number(keys::to, static_cast<qint64>(to));
}

OffsetRange OffsetRange::read(Reader &in)
{
    const OffsetRange range{.from = static_cast<quint64>(in.integer(keys::from, 1, MaxSafeInteger)),
                            .to = static_cast<quint64>(in.integer(keys::to, 1, MaxSafeInteger))};
    if (range.to < range.from)
        in.fail(keys::to, QStringLiteral("must not be less than from, which is %1").arg(range.from));
    return range;
}

} // namespace dialogue::protocol
