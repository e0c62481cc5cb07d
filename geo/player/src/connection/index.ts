// Streamlit's entry on the Data page. Its other half is geo/web/data/connection.py.

import {mounting} from '../viewfinder/mount';
import {Connection} from './connection';

export default mounting('connection-mount', () => new Connection());
