#pragma once

#include "server/apikeys/keyring.h"

#include <QHash>

namespace dialogue::apikeys {

/** When each secret was last used, to the minute: who goes over to another sees when nobody uses the old one
 * any more. */
class LastUses
{
public:
    /** Where they are kept beside the file of keys. */
    [[nodiscard]] static QString fileOf(const QString &keyFile) { return keyFile + QStringLiteral(".used"); }
    /** Those of an earlier run; none where there is no such file, or a bad one. */
    [[nodiscard]] static LastUses load(const QString &fileName);

    /** Whether that is news, as it is a minute later than what was known. */
    bool note(const QByteArray &hash, Time now);
    [[nodiscard]] std::optional<Time> of(const QByteArray &hash) const;
    /** Of the secrets of \a ring alone. */
    [[nodiscard]] QByteArray toJson(const KeyRing &ring) const;

private:
    QHash<QByteArray, Time> m_times; ///< By what is shown of the hash.
};

/** Of a secret's hash, enough to tell it from others. */
[[nodiscard]] QByteArray shownHash(const QByteArray &hash);

} // namespace dialogue::apikeys
