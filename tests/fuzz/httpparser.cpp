#include "server/http/httpparser.h"
#include "tests/fuzz/require.h"

#include <algorithm>

using namespace dialogue;

namespace {

/** Feeds a body in pieces of \a piece bytes; what came of it. */
std::pair<int, QByteArray> body(const HttpHead &head, QByteArrayView bytes, qsizetype piece)
{
    constexpr qint64 Limit = 4096;
    HttpBodyParser parser(head, Limit);
    qsizetype from = 0;
    for (qsizetype to = 0; to < bytes.size() && !parser.isDone();) {
        to = std::min(bytes.size(), to + piece);
        const auto used = parser.consume(bytes.sliced(from, to - from));
        if (const auto *refusal = std::get_if<HttpRefusal>(&used))
            return {refusal->status, {}};
        fuzz::require(std::get<qsizetype>(used) >= 0 && std::get<qsizetype>(used) <= to - from);
        from += std::get<qsizetype>(used);
    }
    if (!parser.isDone())
        return {0, {}};
    const QByteArray whole = parser.takeBody();
    fuzz::require(whole.size() <= Limit);
    return {200, whole};
}

} // namespace

/** The input is what a peer sends on a fresh connection: a head, and then perhaps a body. */
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    constexpr qsizetype MaxHeaderSize = 2048;
    const QByteArrayView input = fuzz::view(data, size);
    const auto result = parseHttpHead(input, MaxHeaderSize);
    const auto *head = std::get_if<HttpHead>(&result);
    if (!head)
        return 0;
    fuzz::require(head->size > 0 && head->size <= input.size() && head->size <= MaxHeaderSize + 2);
    fuzz::require(!head->request.method.isEmpty() && !head->request.path.contains('\0'));
    // No prefix of the head is a head of its own: where it ends does not depend on how it came in.
    for (const qsizetype shorter : {head->size / 2, head->size - 1})
        fuzz::require(!std::holds_alternative<HttpHead>(parseHttpHead(input.first(shorter), MaxHeaderSize)));
    fuzz::require(std::get<HttpHead>(parseHttpHead(input.first(head->size), MaxHeaderSize)).size
                  == head->size);

    if (head->contentLength != 0) {
        const QByteArrayView rest = input.sliced(head->size);
        const auto whole = body(*head, rest, std::max<qsizetype>(1, rest.size()));
        if (whole.first == 200)
            fuzz::require(body(*head, rest, 1) == whole);
    }
    return 0;
}
