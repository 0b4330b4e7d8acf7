#pragma once

#include "server/loop/epolldispatcher.h"

#include <QCoreApplication>

/** For DIALOGUE_TEST: the process' own dispatcher is ours. */
struct EpollApplication
{
    EpollApplication(int &argc, char **argv)
        // It has to be there before the application is.
        : application((QCoreApplication::setEventDispatcher(new dialogue::EpollDispatcher), argc), argv)
    { }
    QCoreApplication application;
};
