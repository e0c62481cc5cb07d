// Streamlit's entry on the Data page. Its other half is geo/web/data/position_map.py.

import {mounting} from './mount';
import {Pointing} from './pointing';

export default mounting('position-mount', (host) => new Pointing(host));
