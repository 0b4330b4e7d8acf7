<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AuditModel</name>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n failed</numerusform>
            <numerusform>%n failed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dialogue::console::ActionCatalogue</name>
    <message numerus="yes">
        <source>%n connection(s) will be closed. Clients may connect again at once.</source>
        <translation>
            <numerusform>%n connection will be closed. Clients may connect again at once.</numerusform>
            <numerusform>%n connections will be closed. Clients may connect again at once.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n client(s) will leave the room, and stay connected. Who is to stay out is banned.</source>
        <translation>
            <numerusform>%n client will leave the room, and stay connected. Who is to stay out is banned.</numerusform>
            <numerusform>%n clients will leave the room, and stay connected. Who is to stay out is banned.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n client(s) will join, if the hooks of the application let them.</source>
        <translation>
            <numerusform>%n client will join, if the hooks of the application let them.</numerusform>
            <numerusform>%n clients will join, if the hooks of the application let them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All connections of %n user(s) will be closed.</source>
        <translation>
            <numerusform>All connections of %n user will be closed.</numerusform>
            <numerusform>All connections of %n users will be closed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n user(s) will be kept out, and what they have there ends.</source>
        <translation>
            <numerusform>%n user will be kept out, and what they have there ends.</numerusform>
            <numerusform>%n users will be kept out, and what they have there ends.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n user(s) will hear, and say nothing.</source>
        <translation>
            <numerusform>%n user will hear, and say nothing.</numerusform>
            <numerusform>%n users will hear, and say nothing.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All connections of %n user(s) get it, whatever rooms they are in.</source>
        <translation>
            <numerusform>All connections of %n user get it, whatever rooms they are in.</numerusform>
            <numerusform>All connections of %n users get it, whatever rooms they are in.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n room(s) will be gone with their history; who is in them leaves. This cannot be undone.</source>
        <translation>
            <numerusform>%n room will be gone with its history; who is in it leaves. This cannot be undone.</numerusform>
            <numerusform>%n rooms will be gone with their history; who is in them leaves. This cannot be undone.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All who are in %n room(s) get it, besides what the rooms declare and keep.</source>
        <translation>
            <numerusform>All who are in %n room get it, besides what the room declares and keeps.</numerusform>
            <numerusform>All who are in %n rooms get it, besides what the rooms declare and keep.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ban(s) will end before the time is over.</source>
        <translation>
            <numerusform>%n ban will end before its time is over.</numerusform>
            <numerusform>%n bans will end before their time is over.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n mute(s) will end before the time is over.</source>
        <translation>
            <numerusform>%n mute will end before its time is over.</numerusform>
            <numerusform>%n mutes will end before their time is over.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dialogue::console::ActionDialog</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dialogue::console::ClientView</name>
    <message numerus="yes">
        <source>%n clients are selected</source>
        <translation>
            <numerusform>%n client is selected</numerusform>
            <numerusform>%n clients are selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dialogue::console::RoomView</name>
    <message numerus="yes">
        <source>%n rooms are selected</source>
        <translation>
            <numerusform>%n room is selected</numerusform>
            <numerusform>%n rooms are selected</numerusform>
        </translation>
    </message>
</context>
</TS>
