#include "server/http/entitytag.h"

namespace dialogue {

bool isKnown(const HttpRequest &request, const QByteArray &tag)
{
    const HttpHeaders &headers = request.headers;
    return headers.value("If-None-Match").trimmed() == "*" || headers.hasToken("If-None-Match", tag)
        || headers.hasToken("If-None-Match", "W/" + tag);
}

} // namespace dialogue
