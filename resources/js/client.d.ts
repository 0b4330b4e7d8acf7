/**
 * The types of client.js. With what `dialogue-server types` writes of a configuration, a wrong field does not compile:
 *
 *     import type { Rooms } from "./rooms";
 *     const client = new DialogueClient<Rooms>({ url: "https://chat.example.org" });
 *     const chat = await client.join("chat");
 *     await chat.trigger("message", { text: "Hello" });
 *
 * Where clients create rooms by `roomCreation.templates`, their events are found by DialogueClient<Rooms, RoomTemplates>. Of a room
 * that is in neither, and without these types, each event carries `any`.
 */

/** What a room carries: the name of each event, and its data. */
export type Events = { [event: string]: any };
type AnyRooms = { [roomId: string]: Events };

/** The ids that a pattern of `roomCreation.templates` stands for: "game-*" is `game-${string}`. */
type Matching<Pattern> = Pattern extends `${infer Before}*${infer After}` ? `${Before}${string}${Matching<After>}` : Pattern;
type OfTemplates<Templates, Id> = { [Pattern in keyof Templates]: Id extends Matching<Pattern> ? Templates[Pattern] : never }[keyof Templates];

/** The events of the room with that id; of one that is not known before the program runs, anything. */
export type EventsOf<Rooms, Templates, Id extends string> =
    string extends Id ? Events :
    Id extends keyof Rooms ? Rooms[Id] :
    [OfTemplates<Templates, Id>] extends [never] ? Events : OfTemplates<Templates, Id>;

type Name<Of> = keyof Of & string;
/** Takes a handler away again. */
export type Off = () => void;

export type ErrorCode =
    | "ROOM_NOT_FOUND" | "ROOM_FULL" | "ROOM_EXISTS" | "JOIN_DENIED" | "EVENT_NOT_ALLOWED" | "VALIDATION_FAILED" | "INVALID_REQUEST"
    | "PERMISSION_DENIED" | "RATE_LIMITED" | "NOT_IN_ROOM" | "PAYLOAD_TOO_LARGE" | "UNAUTHORIZED" | "TOKEN_EXPIRED" | "LIMIT_REACHED"
    | "SERVER_DRAINING" | "EVENT_BLOCKED" | "NOT_FOUND" | "UNAVAILABLE" | "TIMEOUT" | "CONNECTION_LOST" | "CONFIG_ERROR" | "PROTOCOL_VIOLATION" | "IO_ERROR"
    | (string & {});

/** One place at which data breaks a rule of its schema. */
export interface SchemaFault {
    /** For people: "data.items[3].text". */
    path: string;
    /** The same by RFC 6901, relative to the data. */
    pointer?: string;
    /** The keyword that is broken. */
    rule?: string;
    message: string;
}

export interface ErrorDetails {
    path?: string;
    /** In ms. */
    retryAfter?: number;
    /** Of VALIDATION_FAILED: all that is wrong, or a few things of it. */
    faults?: SchemaFault[];
    roomId?: string;
    cause?: unknown;
}

/** What went wrong: a stable code for programs, a text for people, and where. */
export class DialogueError extends Error {
    constructor(code: ErrorCode, message: string, details?: ErrorDetails);
    readonly code: ErrorCode;
    readonly path?: string;
    readonly retryAfter?: number;
    readonly faults?: SchemaFault[];
    readonly roomId?: string;
}

export interface EventMessage<Data = any, Event extends string = string> {
    event: Event;
    roomId: string;
    data: Data;
    /** The user's id; "system" from the server. */
    from: string;
    /** Milliseconds since 1970, by the server's clock. */
    timestamp: number;
    meta?: { [key: string]: unknown };
    id?: string;
    /** In the room's log; none where the event is ephemeral. */
    offset?: number;
}

/** What the server says outside of rooms; `timestamp` is when it came, by the clock here. */
export interface DirectMessage {
    event: string;
    /** null without, an array where there was more than one argument. */
    data: any;
    from: "system";
    timestamp: number;
}

/** A place in a room's log, to come back to. */
export interface RoomPosition {
    epoch: string;
    offset: number;
}

/** Events of a room that may have been missed. */
export interface Gap {
    /** The first offset that may be missing, and the last one. Not all of them need have been for this client. */
    from: number;
    to: number;
    /** The room's log was begun anew: of the old one all after the last event seen may be missing too. */
    isNewLog: boolean;
    /** The server could not go on from where this client was; or it read too slowly, and events were dropped, or replaced by newer ones. */
    reason: "unrecoverable" | "dropped" | "replaced";
}

export interface RoomInfo {
    id: string;
    name: string;
    description?: string;
    /** Participants when it was listed. */
    size: number;
    maxSize?: number;
    createdById?: string;
    presence?: "counts" | "users";
}

export interface CreateRoomOptions {
    id: string;
    name: string;
    description?: string;
    maxSize?: number;
}

export interface Participant {
    userId: string;
    /** 0, where a change is told: the user has left. */
    connections: number;
}

/** The server's word that a trigger was applied. */
export interface TriggerReceipt {
    id: string;
    /** In the room's log; none where the event is ephemeral. */
    offset?: number;
    timestamp?: number;
}

export interface TriggerOptions {
    meta?: { [key: string]: unknown };
    /** false: the event does not come back to this connection, but by history, or by the recovery of what a lost connection missed. */
    echo?: boolean;
}

/** A stretch of a room's log; what is left out bounds nothing. */
export interface HistoryStretch<Event extends string = string> {
    from?: number;
    to?: number;
    fromTime?: Date | number;
    toTime?: Date | number;
    event?: Event;
}

export interface HistoryPage<Message = EventMessage> {
    /** Newest first. */
    events: Message[];
    /** The first offset that the answer covers, and the last one. */
    from: number;
    to: number;
    /** Older ones of those asked for are kept too: ask again, up to from - 1. */
    more: boolean;
}

export type ConnectionState = "disconnected" | "connecting" | "connected" | "reconnecting";
export type Auth = { [key: string]: unknown };

export interface ClientOptions {
    /** "https://chat.example.org"; in a page that the server itself serves it may be left out. */
    url?: string;
    /** Where the url has none of its own: "/socket.io/". */
    path?: string;
    /** A function is asked anew for each connection, and before a token expires. */
    auth?: Auth | (() => Auth | Promise<Auth>);
    /** That of socket.io-client, where the package cannot be imported. */
    io?: (...args: any[]) => any;
    /** Further options of socket.io-client: extraHeaders, withCredentials ... */
    socket?: { [option: string]: unknown };
    transports?: ("websocket" | "polling")[];
    autoConnect?: boolean;
    reconnection?: boolean;
    /** 0: never gives up. */
    reconnectionAttempts?: number;
    reconnectionDelay?: number;
    reconnectionDelayMax?: number;
    /** 0 to 1: the share of a delay that chance decides. */
    reconnectionJitter?: number;
    /** In ms. */
    timeouts?: { connect?: number; request?: number; waiting?: number; check?: number; trigger?: number };
    outbox?: { messages?: number; bytes?: number; brokenConnections?: number };
    limits?: { requests?: number };
}

export interface JoinOptions<Event extends string = string> {
    /** In place of the room's default ones; "*" is all. */
    subscriptions?: readonly (Event | "*")[];
    since?: RoomPosition;
}

type MessageOf<Of> = { [Event in Name<Of>]: EventMessage<Of[Event], Event> }[Name<Of>];

export class RoomContext<Of = Events> {
    private constructor();
    readonly roomId: string;
    readonly roomName: string;
    readonly joined: boolean;
    readonly position: RoomPosition;
    readonly subscriptions: string[];
    readonly presence: "off" | "counts" | "users";
    readonly participants: Participant[];
    readonly userCount: number;
    readonly connectionCount: number;

    on<Event extends Name<Of>>(event: Event, handler: (message: EventMessage<Of[Event], Event>) => void): Off;
    on(event: "*", handler: (message: MessageOf<Of>) => void): Off;
    onAny(handler: (event: Name<Of>, message: MessageOf<Of>) => void): Off;
    onGap(handler: (gap: Gap) => void): Off;
    onHistory(handler: (events: MessageOf<Of>[]) => void): Off;
    onJoined(handler: (joined: boolean) => void): Off;
    onLeft(handler: (reason: string) => void): Off;
    onParticipants(handler: (changes: Participant[] | null) => void): Off;

    trigger<Event extends Name<Of>>(event: Event, ...rest: undefined extends Of[Event]
        ? [data?: Of[Event], options?: TriggerOptions] : [data: Of[Event], options?: TriggerOptions]): Promise<TriggerReceipt>;
    subscribe(event: Name<Of> | "*"): Promise<void>;
    subscribeAll(): Promise<void>;
    unsubscribe(event: Name<Of> | "*"): Promise<void>;
    leave(): Promise<void>;

    getHistory<Event extends Name<Of>>(event: Event, start?: number, end?: number): Promise<EventMessage<Of[Event], Event>[]>;
    getHistory(event?: null, start?: number, end?: number): Promise<MessageOf<Of>[]>;
    getHistoryBetween(from: number, to: number, event?: Name<Of>): Promise<HistoryPage<MessageOf<Of>>>;
    getHistoryBetween(stretch: HistoryStretch<Name<Of>>): Promise<HistoryPage<MessageOf<Of>>>;
    watchParticipants(): Promise<void>;
}

export class DialogueClient<Rooms = AnyRooms, Templates = {}> {
    constructor(options?: ClientOptions);
    readonly state: ConnectionState;
    readonly connected: boolean;
    readonly userId: string;
    readonly clientId: string;
    readonly transport: "websocket" | "polling" | undefined;
    readonly outboxSize: number;
    readonly rooms: RoomContext[];

    connect(): Promise<void>;
    /** After a change of the network: without a sign of life in timeouts.check the connection is lost, and comes back. */
    checkConnection(): void;
    disconnect(): void;
    close(): void;

    join<Id extends string>(roomId: Id | Name<Rooms>, options?: JoinOptions<Name<EventsOf<Rooms, Templates, Id>>>): Promise<RoomContext<EventsOf<Rooms, Templates, Id>>>;
    getRoom<Id extends string>(roomId: Id | Name<Rooms>): RoomContext<EventsOf<Rooms, Templates, Id>> | undefined;
    listRooms(): Promise<RoomInfo[]>;
    createRoom(room: CreateRoomOptions): Promise<RoomInfo>;
    deleteRoom(roomId: string): Promise<void>;

    request<Reply = any>(name: string, data?: unknown): Promise<Reply>;
    onRequest<Ask = any, Reply = unknown>(name: string, handler: ((asked: DirectMessage & { data: Ask }) => Reply | Promise<Reply>) | null): Off;
    on(event: string, handler: (message: DirectMessage) => void): Off;

    onConnect(handler: () => void): Off;
    onDisconnect(handler: (reason: string) => void): Off;
    onReconnecting(handler: (next: { attempt: number; delay: number }) => void): Off;
    onStateChanged(handler: (state: ConnectionState) => void): Off;
    onError(handler: (error: DialogueError) => void): Off;
    onRoomCreated(handler: (room: RoomInfo) => void): Off;
    onRoomDeleted(handler: (roomId: string) => void): Off;
    onHistory(handler: (roomId: string, events: EventMessage[]) => void): Off;
    onGap(handler: (roomId: string, gap: Gap) => void): Off;
    onOutboxChanged(handler: (waiting: number) => void): Off;
}

export function createDialogueClient<Rooms = AnyRooms, Templates = {}>(options?: ClientOptions): DialogueClient<Rooms, Templates>;
