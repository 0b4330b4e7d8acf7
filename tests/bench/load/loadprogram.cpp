#include "loadprogram.h"

QString dialogue::test::loadProgram() { return QStringLiteral(DIALOGUE_LOAD); }
