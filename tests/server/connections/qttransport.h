#pragma once

#include "netserver.h"

#include <QCoreApplication>

/** An application whose NetServers are of `transport: qt`. */
class QtTransport : public QCoreApplication
{
public:
    QtTransport(int &argc, char **argv)
        : QCoreApplication(argc, argv)
    {
        NetServer::transport = dialogue::ServerTransport::Qt;
    }
};
