#include "cli/base/standardinput.h"

#include <array>
#include <cerrno>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace dialogue::cli {

Result<QByteArray> standardInput()
{
    // Not by QFile: of a pipe its read() may take for the end what is only all that is there by now.
    QByteArray text;
    std::array<char, 65536> piece{};
    for (;;) {
        const ssize_t size = read(STDIN_FILENO, piece.data(), piece.size());
        if (size < 0 && errno == EINTR)
            continue;
        if (size < 0)
            return Error{.code = ErrorCode::IoError, .message = u"standard input cannot be read"_s};
        if (size == 0)
            return text;
        text.append(piece.data(), size);
        if (text.size() > MostStandardInput)
            return Error{.code = ErrorCode::PayloadTooLarge,
                         .message = u"more than 64 MB on standard input"_s};
    }
}

} // namespace dialogue::cli
