#pragma once

#include "server/admin/account.h"
#include "server/fanout/sendjournal.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>

namespace dialogue {
class ClientTimeline;
struct Judgement;
} // namespace dialogue

namespace dialogue::admin {

/** Whether \a account may know of it: it is for all rooms, or something of it happened in one of its own. */
[[nodiscard]] bool isWithin(const ClientTimeline &timeline, const Account &account);
/** Whose it is; who may not see users gets pseudonyms, by \a salt. */
[[nodiscard]] QJsonObject rowOf(const ClientTimeline &timeline, const Account &account,
                                const QByteArray &salt);
/** What became of it, oldest first, in the account's rooms; with what of \a record was lost on the way. */
[[nodiscard]] QJsonArray entriesOf(const ClientTimeline &timeline, const SendRecordPtr &record,
                                   const Account &account);
/** \a judgement, without what would tell who may not see payloads something of one. */
[[nodiscard]] QJsonObject jsonOf(const Judgement &judgement, const Account &account);

} // namespace dialogue::admin
