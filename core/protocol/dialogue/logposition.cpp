#include "core/protocol/dialogue/logposition.h"

#include "core/protocol/dialogue/keys_p.h"
#include "core/protocol/dialogue/reader_p.h"

namespace dialogue::protocol {

namespace {

constexpr Length EpochLength{1, 128};

} // namespace

QJsonObject LogPosition::toJson() const
{
    return {{keys::epoch, QString::fromUtf8(epoch)}, {keys::offset, static_cast<qint64>(offset)}};
}

Result<LogPosition> LogPosition::fromJson(const QJsonValue &json, const QString &path)
{
    Reader in(json, path);
    LogPosition position{.epoch = in.string(keys::epoch, EpochLength).toUtf8(),
                         .offset = static_cast<quint64>(in.integer(keys::offset, 0, MaxSafeInteger))};
    return in.finish(std::move(position));
}

} // namespace dialogue::protocol
