#pragma once

#include <QtGlobal>

#if defined(DIALOGUE_SERVER_BUILD)
#define DIALOGUE_SERVER_EXPORT Q_DECL_EXPORT
#else
#define DIALOGUE_SERVER_EXPORT Q_DECL_IMPORT
#endif
