#pragma once

#include "client/roominfo.h"
#include "core/base/result.h"

#include <QFuture>
#include <QTest>

namespace dialogue::test {

/** For a machine under load; a test that passes never waits for it. */
inline constexpr int PatienceMs = 30000;

/** What \a future brings; spins the event loop, so that the server may live in the same thread. */
template <class T>
Result<T> await(QFuture<Result<T>> future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, PatienceMs))
        return Error{ErrorCode::Timeout, QStringLiteral("the test's own patience ended")};
    return future.result();
}

} // namespace dialogue::test
