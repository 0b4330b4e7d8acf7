#include "client/roominfo.h"

#include "moc_roominfo.cpp"
