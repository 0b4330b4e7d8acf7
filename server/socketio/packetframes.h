#pragma once

#include "server/fanout/frame.h"

#include <QJsonArray>
#include <QLatin1StringView>

namespace dialogue {

/** A frame with the Socket.IO event \a name in namespace \a nsp. */
std::shared_ptr<Frame> eventFrame(const QByteArray &nsp, const QString &name, const QJsonArray &args,
                                  const QList<QByteArray> &attachments = {});
/** The same with one argument, or none where \a data is undefined; \a isVolatile: not for who is behind. */
FramePtr eventFrame(const QByteArray &nsp, const QString &name, const QJsonValue &data, bool isVolatile);
/** The same, which its receiver is to acknowledge. */
FramePtr requestFrame(const QByteArray &nsp, quint64 ackId, const QString &name, const QJsonArray &args);
/** An event in "/" with one argument, which is JSON already; \a name has nothing to escape. */
std::shared_ptr<Frame> encodedEventFrame(QLatin1StringView name, QByteArrayView json,
                                         const QList<QByteArray> &attachments = {});
/** A frame with the answer to the client's ack id. */
FramePtr ackFrame(const QByteArray &nsp, quint64 ackId, const QJsonArray &args,
                  const QList<QByteArray> &attachments = {});
/** The same in "/" with one argument, which is JSON already. */
FramePtr encodedAckFrame(quint64 ackId, QByteArrayView json);

/** The same two in another namespace than "/". */
std::shared_ptr<Frame> encodedEventFrameIn(QByteArrayView nsp, QLatin1StringView name, QByteArrayView json,
                                           const QList<QByteArray> &attachments = {});
FramePtr encodedAckFrameIn(QByteArrayView nsp, quint64 ackId, QByteArrayView json);

} // namespace dialogue
