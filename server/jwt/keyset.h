#pragma once

#include "core/base/result.h"
#include "server/config/serverconfig.h"
#include "server/jwt/key.h"

#include <QStringList>

#include <memory>
#include <vector>

namespace dialogue::jwt {

/** The keys that tokens may be signed with. Never changed once it is made: those that come take its place. */
class KeySet
{
public:
    explicit KeySet(std::vector<Key> keys)
        : m_keys(std::move(keys))
    { }

    /** What `keys` and `jwks` of \a config say, from their files. ConfigError, with the member. */
    [[nodiscard]] static Result<KeySet> load(const JwtConfig &config);
    /** Those of a JWK Set (RFC 7517, section 5) that are for one of \a algorithms. What is of another type,
     * use or algorithm is left out; ConfigError for what is bad, and where nothing is left. */
    [[nodiscard]] static Result<KeySet> ofJwks(const QByteArray &text, const QStringList &algorithms);

    /** The claims are those of somebody who has the key for it. Unauthorized, with the reason. */
    [[nodiscard]] Result<void> verify(const Token &token) const;
    /** There is a key that may have signed it, as far as its header says. */
    [[nodiscard]] bool knows(const Token &token) const;
    [[nodiscard]] const std::vector<Key> &keys() const { return m_keys; }
    /** These, and those of \a other. */
    [[nodiscard]] KeySet with(const KeySet &other) const;

private:
    std::vector<Key> m_keys;
};

using KeySetPtr = std::shared_ptr<const KeySet>;

/** The files that \a config names keys in. */
[[nodiscard]] QStringList keyFiles(const JwtConfig &config);

} // namespace dialogue::jwt
