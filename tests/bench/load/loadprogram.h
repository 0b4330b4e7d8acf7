#pragma once

#include "processes.h"

namespace dialogue::test {

QString loadProgram();

/** Runs `dialogue-load` to its end. */
inline Outcome runLoad(const QStringList &arguments, const QString &outFile = {})
{
    return runProgram(loadProgram(), arguments, {}, outFile);
}

} // namespace dialogue::test
