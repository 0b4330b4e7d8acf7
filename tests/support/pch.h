// What nearly every test includes (DIALOGUE_PCH). A file includes what it needs all the same: without this it
// must build.
#include "../../cmake/pch.h"

#include <QCoreApplication>
#include <QPointer>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QTimer>
