#pragma once

#include <QByteArrayView>

namespace dialogue {

inline bool isAlphanumeric(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/** Of a token in HTTP: RFC 9110, section 5.6.2. */
inline bool isTokenCharacter(char c)
{
    return isAlphanumeric(c) || QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
}

} // namespace dialogue
