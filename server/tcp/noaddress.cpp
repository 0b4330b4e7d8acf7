#include "server/tcp/noaddress.h"

namespace dialogue {

const QHostAddress &noAddress()
{
    static const QHostAddress none;
    return none;
}

} // namespace dialogue
