#include "core/base/answer.h"

#include "core/base/exceptions.h"

namespace dialogue::later {

Error noResult(const std::function<void()> &rethrow, ExceptionLog *log)
{
    try {
        rethrow();
    } catch (const std::exception &exception) {
        if (log)
            log->add(QStringLiteral("of a future"), &exception);
    } catch (...) {
        if (log)
            log->add(QStringLiteral("of a future"), nullptr);
    }
    return {ErrorCode::Unavailable, QStringLiteral("The server was given no answer to this")};
}

} // namespace dialogue::later
