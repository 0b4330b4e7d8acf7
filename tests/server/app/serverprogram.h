#pragma once

#include <QByteArray>
#include <QProcess>
#include <QString>
#include <QStringList>

namespace dialogue::test {

/** What came of running dialogue-server; -1: it did not end in time. */
struct Outcome
{
    int code = -1;
    QByteArray out;
    QByteArray error;
};

/** Runs it in \a folder, or where the tests run, with \a input and no more to read. */
inline Outcome runServerProgram(const QStringList &arguments, const QByteArray &input = {},
                                const QString &folder = {})
{
    QProcess process;
    process.setWorkingDirectory(folder);
    process.start(QStringLiteral(DIALOGUE_SERVER_PROGRAM), arguments);
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished())
        return {};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

} // namespace dialogue::test
