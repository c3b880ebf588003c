/** Server-sent events: `figures` with a `WallFigures`, `end` when the token is good no more. */
export const wallFeedPath = '/api/wall/v1/figures';
/** The map of the screen's area, 404 where none was brought in. */
export const wallMapPath = '/api/wall/v1/map';
